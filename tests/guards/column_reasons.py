"""Where the columns of every kind are edited, shown and exported, and why some are not."""

from __future__ import annotations

PAGES = {
    "document": ("/sources/{}", "documents"),
    "organisation": ("/organisations/{}", "organisations"),
    "country": ("/countries/{}", "countries"),
    "framework": ("/frameworks/{}", "frameworks"),
    "project": ("/projects/{}", "projects"),
    "legal_instrument": ("/legal/{}", "legal"),
    "instrument": ("/instruments/{}", "instruments"),
    "contract": ("/contracts/{}", "contracts"),
    "addendum": ("/addenda/{}", None),
    "flow": ("/flows/{}", "flows"),
    "participation": ("/roles/{}", None),
    "link": ("/links/{}", None),
    "status_update": ("/updates/{}", "updates"),
    "theme": ("/themes/{}", None),
    "event": ("/events/{}", "events"),
    "follow_up": ("/follow-ups/{}", "follow_ups"),
    "role_holder": ("/role-holders/{}", None),
    "phase": ("/phases/{}", None),
    "question": ("/questions/{}", "questions"),
    "milestone": ("/milestones/{}", "milestones"),
    "activity": ("/activities/{}", "activities"),
    "indicator": ("/indicators/{}", "indicators"),
    "indicator_value": ("/indicator-values/{}", None),
    "risk": ("/risks/{}", "risks"),
    "contact": ("/contacts/{}", "contacts"),
    "obligation": ("/obligations/{}", "obligations"),
    "due_report": ("/reports/{}", "reports"),
    "budget": ("/budgets/{}", None),
}
"""Kind → its address, below which `edit` is its form, and the sheet of its list."""
SHOWN_ON = {
    "participation": ("/projects/{}", "within_id"),
    "link": ("/projects/{}", "from_id"),
    "status_update": ("/projects/{}", "of_id"),
    "theme": ("/themes", "id"),
    "indicator_value": ("/indicators/{}", "indicator_id"),
}
"""Kinds without a page of their own: the page they stand on, and the column with the id in its address."""
EXPORTED_AS = {
    ("participation", "role"): ("projects", "participants"),
    ("participation", "within"): ("projects", "name_cs"),
    ("participation", "participant"): ("projects", "participants"),
    ("theme", "name"): ("projects", "themes"),
    ("role_holder", "name"): ("events", "participants"),
    ("indicator_value", "value"): ("indicators", "latest"),
    ("indicator_value", "period"): ("indicators", "latest_for"),
    ("indicator_value", "indicator"): ("indicators", "name_cs"),
}
"""Units that leave in the sheet of another kind: the sheet and the column."""
NAMELESS = ("participation", "link", "status_update", "indicator_value")
NEVER = ("name", "responsible", "reference", "file_mark", "placeholder", "confidential")
"""Units of the common table that no form of these kinds writes."""
NOT_EDITED = {
    ("*", "standing"): "a page of its own archives and withdraws, with the reason",
    ("*", "merged_into"): "a page of its own merges and separates, with the reason",
    ("*", "certainty"): "follows from the documents its statements cite",
    ("document", "certainty"): "follows from the origin of the document",
    ("country", "*"): "countries come with the code list",
    ("project", "light"): "a status update sets it",
    ("project", "light_on"): "a status update sets it",
    ("project", "reported_on"): "a status update sets it",
    ("addendum", "name"): "made of its contract and number",
    ("flow", "included_certainty"): "follows from what the inclusion rests on",
    ("participation", "within"): "a role elsewhere is another role: this one is taken away, the other given",
    (
        "participation",
        "participant",
    ): "a role of somebody else is another role: this one is taken away, the other given",
    ("link", "from"): "a relation of another record is another relation: this one is taken away, the other written",
    ("link", "to"): "a relation to another record is another relation: this one is taken away, the other written",
    ("link", "relation"): "another relation is another one: this one is taken away, the other written",
    ("status_update", "of"): "a report of another record is another report",
    ("status_update", "author"): "who wrote it stays, whoever corrects it; history says who did",
    ("status_update", "written_on"): "the day it was written is a fact of the portal, not of the project",
    **{
        ("status_update", unit): "approving and returning are actions of their own"
        for unit in ("approval", "decided_by", "returned_for")
    },
    **{(kind, "name"): "it has no name: it is called by what it joins" for kind in NAMELESS},
    **{(kind, "responsible"): "who answers for the record it stands on answers for it" for kind in NAMELESS},
    **{
        (kind, unit): "files are kept of the record it stands on"
        for kind in NAMELESS
        for unit in ("reference", "file_mark")
    },
    **{(kind, "placeholder"): "no source counts such things without naming them" for kind in NAMELESS},
    **{(kind, "confidential"): "it is hidden with the records it joins" for kind in NAMELESS},
    ("status_update", "note"): "its texts are what happened and what comes next",
    ("question", "about"): "a question about another record is another question",
    ("question", "state"): "settling it, and opening it again, are actions of their own",
    ("question", "answer"): "settling it is an action of its own, which asks for the source",
    ("question", "placeholder"): "no source counts such things without naming them",
    ("question", "confidential"): "it is hidden with what it is about",
    **{
        ("contact", unit): "a contact rests on no source and no file"
        for unit in ("reference", "file_mark", "placeholder")
    },
    ("contact", "confidential"): "it is hidden with its organisation",
    ("contact", "delete_on"): "moved on a page of its own, with a reason",
    ("contact", "entered_by"): "who entered it stays; history says who changed it",
    ("contact", "erased_on"): "written when the data are deleted, which leaves nothing to edit",
    **{("due_report", unit): "follows from its obligation" for unit in ("name", "obligation", "period", "due")},
    **{
        ("due_report", unit): "follows from what is done with the report"
        for unit in (
            "state",
            "edition",
            "prepared_by",
            "handed_over_at",
            "checked_by",
            "sent",
            "sent_how",
            "returned_for",
        )
    },
    ("budget", "edition"): "versions are counted",
    ("budget", "state"): "the button of its page, with what is asked of a version",
    ("indicator_value", "indicator"): "a value of another indicator is another value",
    ("theme", "responsible"): "a theme is a word; nobody answers for it",
    **{("theme", unit): "a theme is a word; no file is kept of it" for unit in ("reference", "file_mark")},
    ("theme", "placeholder"): "a theme is a word; no source counts it without naming it",
    ("theme", "confidential"): "a theme is a word for everybody; what it says of a hidden project is hidden with that",
}
WITHOUT_STANDING = ("document", "country", "theme", "contact", *NAMELESS)
"""Kinds that are not archived: what they say is corrected, or they are ended or go with what they stand on."""
NOT_SHOWN = {
    ("*", "merged_into"): "only the page of a merged record says it, which is in no list",
    **{(kind, "standing"): "it is never written" for kind in WITHOUT_STANDING},
    ("document", "certainty"): "the origin says it",
    ("document", "body"): "a tab of its own has it",
    ("framework", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("project", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("organisation", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("event", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("follow_up", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("role_holder", "certainty"): "every fact carries its own",
    ("question", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("question", "placeholder"): "it is never written",
    ("question", "confidential"): "it is never written",
    ("phase", "certainty"): "every fact carries its own",
    **{
        (kind, "certainty"): "every fact carries its own, and the list can be narrowed by it"
        for kind in ("milestone", "indicator", "risk", "obligation")
    },
    ("activity", "certainty"): "every fact carries its own",
    ("indicator_value", "certainty"): "its source mark says it",
    **{
        ("contact", unit): "it is never written"
        for unit in ("certainty", "reference", "file_mark", "placeholder", "confidential")
    },
    ("contact", "erased_on"): "where it is written all else is gone",
    ("due_report", "certainty"): "that of the obligation it follows from",
    ("due_report", "handed_over_at"): "shown as long as the report waits for its check",
    ("country", "certainty"): "the country is a code",
    ("country", "placeholder"): "a country is never a placeholder",
    ("project", "light_on"): "the status update beside it carries its day",
    ("project", "reported_on"): "the status update beside it carries its day; the list has the column",
    ("flow", "unknown_reason"): "instead of an amount; here there is one",
    **{(kind, unit): "it is never written" for kind in NAMELESS for unit in NEVER},
    ("status_update", "note"): "it is never written",
    ("status_update", "certainty"): "every fact carries its own; the page says it where it is unsure",
    ("status_update", "approval"): "who approved it is shown; one that is not approved is marked, to those who see it",
    ("status_update", "returned_for"): "shown as long as the report is returned",
    ("participation", "certainty"): "its source mark says it; the page says it where it is unsure",
    ("link", "certainty"): "its source mark says it; the page says it where it is unsure",
    ("theme", "certainty"): "a theme is a word and rests on no source",
    **{("theme", unit): "it is never written" for unit in NEVER if unit != "name"},
}
NOT_EXPORTED = {
    ("*", "merged_into"): "merged records are in no file",
    **{(kind, "standing"): "it is never written" for kind in WITHOUT_STANDING},
    **{
        ("contact", unit): "it is never written"
        for unit in ("certainty", "reference", "file_mark", "placeholder", "confidential")
    },
    ("contact", "entered_by"): "who entered it is told on its page",
    ("contact", "erased_on"): "where it is written the contact is in no list",
    ("addendum", "*"): "in the sheet of contracts, one cell for the addenda of a contract",
    ("budget", "*"): "a budget is a table of its own: its page, that of its contract and its report have it",
    ("document", "body"): "a whole text is no cell; the page has it",
    **{
        ("due_report", unit): "how the report is made is told on its page"
        for unit in ("prepared_by", "handed_over_at", "checked_by", "returned_for")
    },
    ("participation", "certainty"): "in one cell stand all participants of a project; its page says how sure each is",
    ("participation", "note"): "in one cell stand all participants of a project; its page has the notes",
    **{
        ("link", unit): "relations are told on the pages of both ends"
        for unit in ("from", "to", "relation", "certainty")
    },
    ("link", "note"): "relations are told on the pages of both ends",
    **{(kind, unit): "it is never written" for kind in NAMELESS for unit in NEVER},
    ("status_update", "note"): "it is never written",
    **{
        ("status_update", unit): "only what is approved leaves; who approved it is told on the page"
        for unit in ("approval", "decided_by", "returned_for")
    },
    ("framework", "asks_approval"): "a setting of the portal, no fact of the framework",
    ("phase", "*"): "phases are read as a text on the page of their programme",
    ("role_holder", "*"): "people in office leave by name with the events they take part in; their page has the rest",
    ("activity", "*"): "activities are read on the page of their project",
    ("indicator_value", "certainty"): "the list of indicators has the latest value; the page of the indicator has all",
    ("indicator_value", "note"): "the list of indicators has the latest value; the page of the indicator has all",
    ("theme", "note"): "themes leave with the projects that have them; the page of themes has the note",
    ("theme", "certainty"): "a theme is a word and rests on no source",
    **{("theme", unit): "it is never written" for unit in NEVER if unit != "name"},
}
