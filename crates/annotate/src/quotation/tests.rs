use chancery_text::Report;

use super::*;
use crate::{Kit, annotate};

/// Kind, source, cue, contents of each quotation.
fn read(text: &str) -> Vec<(QuotationKind, String, String, Vec<String>)> {
    let report = Report::from_text("a.txt", text);
    let annotations = annotate(&report, Kit::embedded());
    let words =
        |span: Option<Span>| span.map_or(String::new(), |span| report.slice(span).to_owned());
    annotations
        .observed
        .quotations
        .iter()
        .map(|q| {
            let contents = q.contents.iter().map(|c| report.slice(*c).to_owned()).collect();
            (q.kind, words(q.source), words(q.cue), contents)
        })
        .collect()
}

fn one(text: &str) -> (QuotationKind, String, String, Vec<String>) {
    let mut read = read(text);
    assert_eq!(read.len(), 1, "{read:?}");
    read.remove(0)
}

#[test]
fn the_shipped_data_has_no_faults() {
    let faults: Vec<_> = check().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_direct_quotation_has_its_source_behind_it() {
    let (kind, source, cue, contents) =
        one("“We will rebuild the bridge before the winter,” said Tarek Olmo, the mayor of Dorn.");
    assert_eq!(kind, QuotationKind::Direct);
    assert!(source.starts_with("Tarek Olmo"), "{source}");
    assert_eq!((cue.as_str(), contents.len()), ("said", 1));
}

#[test]
fn an_interrupted_quotation_has_two_parts() {
    let (_, source, _, contents) =
        one("“The road is closed,” Olmo said on Monday, “and it will stay closed.”");
    assert_eq!(source, "Olmo");
    assert_eq!(contents, ["“The road is closed,”", "“and it will stay closed.”"]);
}

#[test]
fn an_indirect_saying_is_the_clause() {
    let (kind, source, cue, contents) = one("The minister said that the talks had failed.");
    assert_eq!(kind, QuotationKind::Indirect);
    assert_eq!((source.as_str(), cue.as_str()), ("The minister", "said"));
    assert_eq!(contents, ["that the talks had failed"]);
}

#[test]
fn a_quotation_glued_to_its_source_ends_before_it() {
    let (kind, source, cue, contents) = one(
        "“We will look closely at their conduct. And then we will draw the necessary conclusionsOlmov said.",
    );
    assert_eq!((kind, source.as_str(), cue.as_str()), (QuotationKind::Direct, "Olmov", "said"));
    assert!(contents[0].ends_with("conclusions"), "{contents:?}");
}

#[test]
fn a_post_belongs_to_the_name_in_its_stamp() {
    let (kind, source, _, contents) = one(
        "Dorn wants peace with all its neighbours. pic.example.com/x\n— Dorn Ministry (@dornmin) July 28, 2021\n",
    );
    assert_eq!((kind, source.as_str()), (QuotationKind::Post, "Dorn Ministry"));
    assert!(contents[0].starts_with("Dorn wants peace"), "{contents:?}");
}

#[test]
fn a_denial_is_marked() {
    let report = Report::from_text("a.txt", "Dorn denied that its troops had crossed the border.");
    let quotations = annotate(&report, Kit::embedded()).observed.quotations;
    assert!(quotations.iter().any(|q| q.denied), "{quotations:?}");
}

#[test]
fn according_to_gives_the_rest_of_the_sentence() {
    let (_, source, cue, contents) =
        one("Twelve houses burned down, according to the Dorn fire service.");
    assert_eq!((source.as_str(), cue.as_str()), ("the Dorn fire service", "according to"));
    assert_eq!(contents, ["Twelve houses burned down"]);
}

#[test]
fn doubled_apostrophes_are_quotation_marks_and_run_on() {
    let (kind, source, _, contents) =
        one("''We will rebuild the bridge,'' said Tarek Olmo, the mayor of Dorn. ''Soon.''");
    assert_eq!(kind, QuotationKind::Direct);
    assert!(source.starts_with("Tarek Olmo"), "{source}");
    assert_eq!(contents, ["''We will rebuild the bridge,''", "''Soon.''"]);
}

#[test]
fn a_thing_is_said_with_what_it_is_said_for() {
    let (_, source, cue, contents) = one("Olmo praised the firemen for their courage.");
    assert_eq!((source.as_str(), cue.as_str()), ("Olmo", "praised"));
    assert_eq!(contents, ["the firemen for their courage"]);
}

#[test]
fn a_raised_subject_is_part_of_what_is_said() {
    let (_, source, cue, contents) = one("The mayor is expected to resign.");
    assert_eq!((source.as_str(), cue.as_str()), ("", "is expected"));
    assert_eq!(contents, ["The mayor", "to resign"]);
}

#[test]
fn who_backs_a_thing_has_an_attitude_and_says_nothing() {
    let (kind, source, _, contents) = one("The mayor supports the treaty.");
    assert_eq!((kind, source.as_str()), (QuotationKind::Attitude, "The mayor"));
    assert_eq!(contents, ["the treaty"]);
}

#[test]
fn an_attitude_inside_a_saying_is_left_out() {
    let (kind, ..) = one("The minister said that the mayor supports the treaty.");
    assert_eq!(kind, QuotationKind::Indirect);
}

#[test]
fn a_cue_that_goes_on_has_the_same_source() {
    let read = read("Olmo said that the bridge was unsafe, adding that it would be closed.");
    let sources: Vec<_> = read.iter().map(|(_, source, ..)| source.as_str()).collect();
    assert_eq!(sources, ["Olmo", "Olmo"]);
    assert_eq!(read[0].3, ["that the bridge was unsafe"]);
    assert_eq!(read[1].3, ["that it would be closed"]);
}

#[test]
fn a_noun_and_an_adjective_attribute() {
    let (_, source, cue, contents) = one("Olmo’s call for a ceasefire was in vain.");
    assert_eq!((source.as_str(), cue.as_str()), ("Olmo", "call"));
    assert_eq!(contents, ["a ceasefire"]);
    let (kind, source, cue, _) = one("The mayor is confident that the talks will succeed.");
    assert_eq!((kind, source.as_str()), (QuotationKind::Attitude, "The mayor"));
    assert_eq!(cue, "is confident");
}

#[test]
fn denied_reports_are_denied_as_a_whole() {
    let report = Report::from_text("a.txt", "The mayor denied reports that the bridge had fallen.");
    let quotations = annotate(&report, Kit::embedded()).observed.quotations;
    let denied: Vec<_> = quotations.iter().filter(|q| q.denied).collect();
    assert_eq!(report.slice(denied[0].contents[0]), "reports that the bridge had fallen");
}

#[test]
fn who_is_quoted_as_saying_is_the_source() {
    let (_, source, ..) = one("Olmo was quoted as assuring the guests that Dorn was safe.");
    assert_eq!(source, "Olmo");
}

#[test]
fn a_cue_of_the_next_sentence_does_not_take_the_quotation_before() {
    let read = read("“The bridge is ours,” Olmo said. He denied reports that it had fallen.");
    let sources: Vec<_> = read.iter().map(|(_, source, ..)| source.as_str()).collect();
    assert!(sources.starts_with(&["Olmo", "He"]), "{read:?}");
    assert_eq!(read[1].3, ["reports that it had fallen"]);
}

#[test]
fn words_that_lead_up_to_quotation_marks_are_said_too() {
    let (kind, source, _, contents) =
        one("The new bridge over the river is “a disgrace to the city,” Olmo said.");
    assert_eq!((kind, source.as_str()), (QuotationKind::Mixed, "Olmo"));
    assert!(contents[0].starts_with("The new bridge"), "{contents:?}");
}

#[test]
fn hostile_marks_do_not_panic() {
    for text in [
        "“",
        "”",
        "\"\"\"\"",
        "said",
        "“said",
        "‘’‘’",
        "“a“b”c”",
        "",
        "''said'' said ''",
        "said, said, said that",
        ", said",
        "according to",
        "— (@x) 1",
        "é“é”é said é.",
    ] {
        read(text);
    }
}

/// Source, cue and contents of each quotation.
fn told(text: &str) -> Vec<(String, String, Vec<String>)> {
    read(text).into_iter().map(|(_, source, cue, contents)| (source, cue, contents)).collect()
}

fn expect(text: &str, expected: &[(&str, &str, &str)]) {
    let told = told(text);
    let told: Vec<_> = told.iter().map(|q| (q.0.as_str(), q.1.as_str(), q.2.join(" … "))).collect();
    let expected: Vec<_> = expected.iter().map(|q| (q.0, q.1, q.2.to_owned())).collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn two_words_attribute_together() {
    expect("Olmo took issue with the report.", &[("Olmo", "took issue", "the report")]);
    expect(
        "The mayor made clear that the road would stay closed.",
        &[("The mayor", "made clear", "that the road would stay closed")],
    );
    expect("The envoy took the road to Dorn.", &[]);
}

#[test]
fn who_was_quoted_as_assuring_is_the_source() {
    expect(
        "Olmo was quoted as assuring the hosts that the road would be opened.",
        &[("Olmo", "was quoted as assuring", "that the road would be opened")],
    );
}

#[test]
fn what_is_added_is_not_what_was_quoted_before() {
    expect(
        "“The road is closed,” Olmo said, adding that it would stay so for a week.",
        &[
            ("Olmo", "said", "“The road is closed,”"),
            ("Olmo", "adding", "that it would stay so for a week"),
        ],
    );
}

#[test]
fn an_opening_clause_is_not_what_is_said() {
    expect(
        "As the mayor said, the road has become a danger to all.",
        &[("the mayor", "said", "the road has become a danger to all")],
    );
}

#[test]
fn a_saying_through_a_document_is_its_authors() {
    let told = told("Olmo issued a statement saying that the road was open.");
    assert!(told.iter().any(|(source, cue, _)| source == "Olmo" && cue == "saying"), "{told:?}");
}

#[test]
fn what_another_called_it_is_no_part_of_what_is_said() {
    let told = told("Olmo said the road was open, which the mayor called “a lie.”");
    assert!(told.iter().any(|(_, _, contents)| *contents == ["the road was open"]), "{told:?}");
}

#[test]
fn whom_one_calls_something_is_said_too() {
    expect("They called him a thief.", &[("They", "called", "him a thief")]);
}

#[test]
fn a_message_may_carry_what_is_said() {
    expect(
        "Olmo alleged in the letter that Dorn had taken the money.",
        &[("Olmo", "alleged", "that Dorn had taken the money")],
    );
}

#[test]
fn a_transcript_has_a_turn_for_each_speaker() {
    let text = "OLMO: We will open the road before the winter.\n\
                MARAN: Who is going to pay for it?\n\
                OLMO: The towns will share what it costs.\n";
    let turns = read(text);
    assert_eq!(turns.len(), 3, "{turns:?}");
    let (kind, source, cue, contents) = &turns[1];
    assert_eq!((*kind, source.as_str(), cue.as_str()), (QuotationKind::Direct, "MARAN", ":"));
    assert_eq!(contents, &["Who is going to pay for it?"]);
}

#[test]
fn a_dateline_is_no_speaker() {
    let turns = read("DORN: The road was open on Monday.\nMany came to see it.\n");
    assert!(turns.iter().all(|(kind, ..)| *kind != QuotationKind::Direct), "{turns:?}");
}

#[test]
fn a_relative_pronoun_before_the_source_is_part_of_what_is_said() {
    let (_, source, _, contents) = one("The bridge, which Olmo said was unsafe, has been closed.");
    assert_eq!(source, "Olmo");
    assert_eq!(contents, ["which", "was unsafe"]);
}

#[test]
fn whom_and_when_it_was_told_stand_in_an_aside() {
    let (_, source, _, contents) = one("The road, she told them on Friday, is safe.");
    assert_eq!(source, "she");
    assert_eq!(contents, ["The road", "is safe"]);
}

#[test]
fn another_name_between_commas_before_the_verb_is_its_source() {
    let (_, source, _, contents) =
        one("The bridge is closed, his deputy, Ana Maran, told reporters.");
    assert!(source.ends_with("Ana Maran"), "{source}");
    assert!(contents[0].starts_with("The bridge is closed"), "{contents:?}");
}

#[test]
fn a_source_after_its_verb_follows_a_whole_clause() {
    let (_, source, _, contents) =
        one("The bridge was closed last week, said a handful of drivers.");
    assert_eq!(source, "a handful of drivers");
    assert_eq!(contents, ["The bridge was closed last week"]);
}

#[test]
fn a_quotation_runs_on_past_what_else_was_noted() {
    let all = read(
        "“The bridge is closed,” Olmo said, noting that the ice was thick. “It will stay closed.”",
    );
    let said = all.iter().find(|(_, _, cue, _)| cue == "said").expect("said");
    assert_eq!(said.3, ["“The bridge is closed,”", "“It will stay closed.”"]);
}

#[test]
fn a_question_put_to_the_speaker_is_not_the_answer() {
    let all = read("Asked about the bridge, Olmo said, “It will stay closed.”");
    let said = all.iter().find(|(_, _, cue, _)| cue == "said").expect("said");
    assert_eq!(said.3, ["“It will stay closed.”"]);
}

#[test]
fn a_verb_taken_for_a_noun_attributes() {
    let (_, source, cue, contents) = one("Video shows that the bridge fell at noon.");
    assert_eq!((source.as_str(), cue.as_str()), ("Video", "shows"));
    assert_eq!(contents, ["that the bridge fell at noon"]);
}

#[test]
fn what_only_describes_a_thing_is_left_out() {
    let (_, _, _, contents) = one("Olmo opposed the plan, which had failed before.");
    assert_eq!(contents, ["the plan"]);
}

#[test]
fn a_quotation_may_be_signed() {
    let (kind, source, cue, _) =
        one("“We will stay in our homes until the spring.” — Ana Olmo, Dorn");
    assert_eq!((kind, source.as_str(), cue.as_str()), (QuotationKind::Direct, "Ana Olmo", "—"));
}

#[test]
fn the_word_that_joins_a_sentence_to_the_last_is_not_said() {
    let (_, _, _, contents) = one("But the bridge is unsafe, according to the Dorn fire service.");
    assert_eq!(contents, ["the bridge is unsafe"]);
}

#[test]
fn what_seems_to_show_shows() {
    let (_, source, cue, contents) = one("Olmo seems to suggest that the bridge is unsafe.");
    assert_eq!((source.as_str(), cue.as_str()), ("Olmo", "suggest"));
    assert_eq!(contents, ["that the bridge is unsafe"]);
}

#[test]
fn a_contrast_at_the_end_is_the_reporters() {
    let (_, _, _, contents) =
        one("The ministry said half of the shops were closed, while others had opened again.");
    assert_eq!(contents, ["half of the shops were closed"]);
}

#[test]
fn a_condition_leads_up_to_a_quotation() {
    let (_, _, _, contents) = one("If the ice melts, “we will open the bridge,” Olmo said.");
    assert_eq!(contents, ["If the ice melts, “we will open the bridge,”"]);
}

#[test]
fn a_reason_without_a_comma_is_said() {
    let (_, _, _, contents) = one("Olmo said the bridge was closed because it was unsafe.");
    assert_eq!(contents, ["the bridge was closed because it was unsafe"]);
}

#[test]
fn when_it_will_be_may_be_what_is_not_said() {
    let (_, _, _, contents) = one("Olmo has not said when the bridge will open.");
    assert_eq!(contents, ["when the bridge will open"]);
}

#[test]
fn a_thing_added_or_held_is_nothing_said() {
    expect("The city added a wing to the museum.", &[]);
    expect("The bridge proved hard to mend.", &[]);
    expect("The ferry is supposed to leave at noon.", &[]);
    expect("Olmo wrote a book about mills.", &[]);
    expect(
        "The city added that the museum was full.",
        &[("The city", "added", "that the museum was full")],
    );
}

#[test]
fn a_dateline_that_was_not_cleaned_away_is_not_said() {
    let text = "ZADAR, March 3 (Dornpress) — The bridge over the river will open again in May, the transport ministry said.";
    let report = Report::from_text("a.txt", text);
    let prose = vec![Span::of(0..text.len())];
    let cleaned = crate::clean::Cleaned { prose, ..Default::default() };
    let observed = crate::annotate_cleaned(&report, cleaned, Kit::embedded()).observed;
    let contents: Vec<_> =
        observed.quotations.iter().flat_map(|q| &q.contents).map(|c| report.slice(*c)).collect();
    assert_eq!(contents, ["The bridge over the river will open again in May"]);
}

#[test]
fn but_and_still_join_a_sentence_and_are_not_said() {
    expect(
        "But the bridge will open in May, the ministry said.",
        &[("the ministry", "said", "the bridge will open in May")],
    );
    expect(
        "Still, the bridge will open in May, according to the ministry.",
        &[("the ministry", "according to", "the bridge will open in May")],
    );
}

#[test]
fn a_clause_that_its_parse_cuts_short_goes_on() {
    expect(
        "The council warned that if the dam fails to hold the water, the valley could be lost.",
        &[(
            "The council",
            "warned",
            "that if the dam fails to hold the water, the valley could be lost",
        )],
    );
}

#[test]
fn infinitives_in_a_row_are_all_said() {
    let told = told("Olmo declined to blame the miners or even name the firm.");
    assert_eq!(told[0].2, ["to blame the miners or even name the firm"]);
}

#[test]
fn what_opens_a_sentence_is_not_said_where_a_quotation_starts_anew() {
    expect(
        "As the crowd cheered, Olmo said, “We will rebuild the bridge before winter.”",
        &[("Olmo", "said", "“We will rebuild the bridge before winter.”")],
    );
    expect(
        "In short, Olmo said, “the era of cheap grain is over.”",
        &[("Olmo", "said", "In short … “the era of cheap grain is over.”")],
    );
}

#[test]
fn a_place_before_an_aside_is_where_it_is_so() {
    expect(
        "In Zadar, Olmo said, the mills have closed.",
        &[("Olmo", "said", "In Zadar … the mills have closed")],
    );
}

#[test]
fn an_object_before_the_clause_is_its_subject() {
    expect(
        "Olmo said American farmers “know well” what drought means.",
        &[("Olmo", "said", "American farmers “know well” what drought means")],
    );
    let told = told("Olmo rejected the idea that the mills would close.");
    assert_eq!(told[0].2, ["the idea that the mills would close"]);
}

#[test]
fn a_cue_takes_the_preposition_that_it_must_have() {
    expect("Zadar is known for its old mills.", &[("", "is known", "Zadar … its old mills")]);
    expect("The clerk is accused of theft.", &[("", "is accused", "The clerk … theft")]);
    expect("He moved to a town known as Little Dorn.", &[("", "known", "a town … Little Dorn")]);
    expect("The isle, also known as Olmia, was sold.", &[("", "also known", "Olmia")]);
}

#[test]
fn a_saying_ends_where_a_participle_starts_another() {
    expect(
        "The ministry embraced the idea of a new harbour, warning that the old one would sink.",
        &[
            ("The ministry", "embraced", "the idea of a new harbour"),
            ("The ministry", "warning", "that the old one would sink"),
        ],
    );
    expect(
        "Olmo hailed the vote as “a great day,” telling reporters that the harbour is “a thing of the past.”",
        &[
            ("Olmo", "hailed", "the vote as “a great day,”"),
            ("Olmo", "telling", "that the harbour is “a thing of the past.”"),
        ],
    );
    expect(
        "Olmo criticised “the long march of folly,” saying the council had lost its “bravery and heart.”",
        &[
            ("Olmo", "criticised", "“the long march of folly,”"),
            ("Olmo", "saying", "the council had lost its “bravery and heart.”"),
        ],
    );
}

#[test]
fn a_saying_ends_where_another_verb_says() {
    expect(
        "Olmo is telling miners that the shafts are safe and says he will reopen them.",
        &[
            ("Olmo", "is telling", "that the shafts are safe"),
            ("Olmo", "says", "he will reopen them"),
        ],
    );
}

#[test]
fn what_was_asked_ends_before_who_answers() {
    expect(
        "Asked whether the mills would close, Olmo said they would stay open.",
        &[("", "Asked", "whether the mills would close"), ("Olmo", "said", "they would stay open")],
    );
    let told = told("She asked the farmers if they planned to sell.");
    assert_eq!(told[0].2, ["if they planned to sell"]);
}

#[test]
fn who_appears_to_back_a_thing_backs_it() {
    expect("Olmo appeared to back the treaty.", &[("Olmo", "back", "the treaty")]);
}

#[test]
fn what_is_believed_may_stand_around_who_believes_it() {
    expect(
        "The road, drivers believe, is closed.",
        &[("drivers", "believe", "The road … is closed")],
    );
}

#[test]
fn the_name_of_a_work_before_a_cue_is_not_said() {
    let told = told("In her new play, “Night Over Old Dorn,” Olmo said that the war is over.");
    assert_eq!(told[0].2, ["that the war is over"]);
}

#[test]
fn a_second_part_in_marks_keeps_the_word_that_joins_it() {
    expect(
        "“This deal must hold,” Olmo said, and “the price must fall.”",
        &[("Olmo", "said", "“This deal must hold,” … and “the price must fall.”")],
    );
    expect(
        "“Let me tell you the facts,” Olmo said after a brief “good evening” to Lind.",
        &[("Olmo", "said", "“Let me tell you the facts,”")],
    );
}

#[test]
fn what_is_told_to_somebody_has_its_reason() {
    expect(
        "Olmo told the council he was “against the road” because it crossed the marsh.",
        &[("Olmo", "told", "he was “against the road” because it crossed the marsh")],
    );
}

#[test]
fn as_somebody_puts_it_leaves_the_clause() {
    expect(
        "As Olmo put it in a letter, the harbour is “a thing of the past.”",
        &[("Olmo", "put", "the harbour is “a thing of the past.”")],
    );
}

#[test]
fn a_verb_goes_on_after_an_attribution_between_commas() {
    let told = told("Riding alone through the hills at night, they said, can be hard.");
    assert_eq!(told[0].2, ["Riding alone through the hills at night", "can be hard"]);
}

#[test]
fn who_called_one_so_is_no_part_of_it() {
    expect("Olmo was called a fool by the miners.", &[("", "was called", "Olmo … a fool")]);
}
