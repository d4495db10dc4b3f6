-- Schema 4: on whose word an event is told.

ALTER TABLE event ADD COLUMN footing TEXT NOT NULL DEFAULT '';     -- eyewitness, third party, both sides, one side,
                                                                   -- unnamed, report; '' in rows of older versions
ALTER TABLE event ADD COLUMN on_word_of TEXT NOT NULL DEFAULT '';  -- who gives that word
