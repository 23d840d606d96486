"""Dutch hours as the sources print them become schedules, or nothing at all."""

import datetime as dt

import pytest

from geo.ingest.directory.hours import parse_hours

WORKDAYS = "MO TU WE TH FR"

UNDERSTOOD = {
    "maandag 13.30-16.30u, woensdag 9-12.30u, donderdag 13.30-20u, vrijdag 9-12.30u (2020-08)": [
        "MO 13:30-16:30",
        "WE FR 09:00-12:30",
        "TH 13:30-20:00",
    ],
    "dinsdag 9-11u; woensdag 15-16u": ["TU 09:00-11:00", "WE 15:00-16:00"],
    "1e en 3e maandag van de maand 16.30-20u; 1e, 2e en 3e dinsdag 8.30-12u; vrijdag 9-12u; en op afspraak": [
        "FR 09:00-12:00",
        "1MO 3MO 16:30-20:00",
        "1TU 2TU 3TU 08:30-12:00",
        "text: en op afspraak",
    ],
    "elke 2e en 4e maandag 9.30-11.30u, niet in schoolvakanties (2024)": ["2MO 4MO 09:30-11:30 -school"],
    "maandag tot vrijdag: 8.30u.-12.30u. en 13u.-16u.; tijdens schooldagen telefonisch bereikbaar op maandag": [
        f"{WORKDAYS} 08:30-12:30",
        f"{WORKDAYS} 13:00-16:00",
        "text: tijdens schooldagen telefonisch bereikbaar op maandag",
    ],
    "Elke werkdag van 8u30 tot 12u en van 13u tot 16u30 (op maandag tot 17u).": [
        f"{WORKDAYS} 08:30-12:00",
        "MO 13:00-17:00",
        "TU WE TH FR 13:00-16:30",
    ],
    "maandag t/m vrijdag 9u-12u en 13u-16u; maandagavond tot 18u": [
        f"{WORKDAYS} 09:00-12:00",
        "MO 13:00-18:00",
        "TU WE TH FR 13:00-16:00",
    ],
    "elke werkdag 9u-12u en 14u-16u30; dinsdag tot 19u": [
        f"{WORKDAYS} 09:00-12:00",
        "MO WE TH FR 14:00-16:30",
        "TU 14:00-19:00",
    ],
    "Maandag 8u30-12u30 enkel op afspraak; Dinsdag 8u30-12u30 13u00-17u00": [
        "MO 08:30-12:30 appointment",
        "TU 08:30-12:30",
        "TU 13:00-17:00",
    ],
    "maandag 8.30-12.00 uur; andere werkdagen 8.30-12.00 uur en 13.00-17.00 uur": [
        f"{WORKDAYS} 08:30-12:00",
        "TU WE TH FR 13:00-17:00",
    ],
    "Maandag 08.30-12.00 uur en 13.30-19.00 uur; dinsdag tot vrijdag 08.30-12.00 uur en 13.30-16.30 uur": [
        f"{WORKDAYS} 08:30-12:00",
        "MO 13:30-19:00",
        "TU WE TH FR 13:30-16:30",
    ],
    "Ma 08.00-12.00 u; di 08.00-12.00 u en 13.00-17.00 u (as printed for the former Vrij CLB Roeselare)": [
        "MO TU 08:00-12:00",
        "TU 13:00-17:00",
    ],
    "Iedere werkdag van 8u30 tot 12u en van 13u tot 16u30. Op dinsdag bijkomend open van 16u30 tot 18u.": [
        f"{WORKDAYS} 08:30-12:00",
        f"{WORKDAYS} 13:00-16:30",
        "TU 16:30-18:00",
    ],
    "elke werkdag open van 9.00 tot 12.00 uur en van 14.00 tot 16.30 uur; "
    "elke 2de en 4de donderdag van de maand tot 18.30 uur": [
        f"{WORKDAYS} 09:00-12:00",
        f"{WORKDAYS} 14:00-16:30",
        "2TH 4TH 16:30-18:30",
    ],
    "Elke werkdag van 8.30u-16.30u.": [f"{WORKDAYS} 08:30-16:30"],
    "elke werkdag van 8u30 tot 12u en van 13u30 tot 17u (dinsdag tot 18u, vrijdag tot 16u)": [
        f"{WORKDAYS} 08:30-12:00",
        "MO WE TH 13:30-17:00",
        "TU 13:30-18:00",
        "FR 13:30-16:00",
    ],
    "dag en nacht (telefoon)": ["MO TU WE TH FR SA SU 00:00-00:00 +school +public"],
    "24u/24u bereikbaar (telefonisch)": ["MO TU WE TH FR SA SU 00:00-00:00 +school +public"],
    "maandag, dinsdag en donderdag 17-21 uur; woensdag 14-21 uur": ["MO TU TH 17:00-21:00", "WE 14:00-21:00"],
    "maandag en donderdag 10 tot 14.30 uur (2019)": ["MO TH 10:00-14:30"],
    "elke dinsdag 8.45 tot 11.45u, niet tijdens vakanties of schoolvrije dagen": ["TU 08:45-11:45 -school"],
    "elke maandag 9 - 12 uur (vanaf 14 oktober 2019)": ["MO 09:00-12:00 from 2019-10-14"],
    "maandag 9-12u (vanaf 02/2024)": ["MO 09:00-12:00 from 2024-02-01"],
    "woensdagnamiddag 13u30 - 16u30 (vanaf 30 oktober 2019)": ["WE 13:30-16:30 from 2019-10-30"],
    "elke 2e en 4e maandag van de maand 9.30 tot 11.30 uur, niet in schoolvakanties of op feestdagen": [
        "2MO 4MO 09:30-11:30 -school -public"
    ],
    "laatste vrijdag van de maand 14-16u": ["-1FR 14:00-16:00"],
    "maandag, donderdag en zaterdag 9u30 - 12u30": ["MO TH SA 09:30-12:30"],
    "elke vrijdag 9u tot 12u": ["FR 09:00-12:00"],
    "elke dag 9-21u": ["MO TU WE TH FR SA SU 09:00-21:00"],
    "tweewekelijks op woensdag 9 - 11.30 uur": ["WE 09:00-11:30 every 2"],
    "enkel op afspraak": ["text: enkel op afspraak"],
}

NOT_UNDERSTOOD = [
    "",
    "wekelijks",
    "dinsdagvoormiddag",
    "elke woensdagvoormiddag",
    "maandag- en donderdagvoormiddag",
    "elke tweede donderdagvoormiddag van de maand",
    "ontmoetingsmoment elke 2e donderdagvoormiddag van de maand (voorjaar 2020)",
    "Ruilhuis BizaBijs: dinsdag 9.30-12u (2019-03)",
    "gebouw De Stroming: werkdagen 8.30-16u, zaterdag 8.30-13u",
    "Speelwolk: maandag, donderdag en zaterdag 9.30-12.30u (vanaf 02/2024)",
    "onthaal donderdag 14-18u in het Sociaal Huis",
    "op afspraak: woensdag voor- of namiddag, vrijdagvoormiddag",
    "peuterspeelpunten 9-11u, daarna antennepunt 11-12u, telkens in een andere wijk",
    "kantooruren (2019-04)",
    "chat op woensdag (uren niet gevonden)",
    "09.00 - 12.00 uur en 13.00 - 16.00 uur; op donderdag tot 19.00 uur",
    "vrijdagvoormiddag (article of 2018)",
    "tweewekelijks op woensdag 9 - 11.30 uur (dates of autumn 2018)",
    "9.30 - 12.30 uur (zomer 2019)",
    "vrijdag tijdens schoolweken",
    "9u tot 11u speelpunt, 11u tot 12u antennepunt Huis van het Kind (dagen niet vermeld)",
    "dinsdag en woensdag 10 uur tot half 12 (corona-regeling 2020, buiten)",
    "op maandag (vijf momenten tot juni 2020)",
    # invented, each with one thing whose meaning is not sure
    "elke 2e maandag 9-12u",  # every other week, or the second of the month
    "maandag 9-12u; elke dag 10-11u",  # more hours on Monday, or other hours
    "maandag 12-9u",
    "maandag 25-26u",
    "maandagvoormiddag 14-16u",
    "vrijdag tot maandag 9-12u",
    "dinsdag tot 18u",
    "maandag 9-12u; dinsdag tot 18u",
    "maandag 9-12u; op afspraak",
    "maandag 9-12u; dinsdag 9-12u, niet in schoolvakanties",
    "maandag 9-12u, niet in augustus",
    "maandag 9-12u (vanaf 31 februari 2020)",
    "maandag 9-12u & 13-16u",
    "maandag rond 9u",
]


def told(schedule):
    """One schedule in a few words."""
    if not schedule.is_structured:
        return f"text: {schedule.description}"
    marks = {True: "+", False: "-"}
    extra = [
        " appointment" if schedule.by_appointment else "",
        f" {marks[schedule.school_holidays]}school" if schedule.school_holidays is not None else "",
        f" {marks[schedule.public_holidays]}public" if schedule.public_holidays is not None else "",
        f" from {schedule.valid_from}" if schedule.valid_from else "",
        f" every {schedule.interval}" if schedule.interval > 1 else "",
    ]
    return f"{' '.join(schedule.byday)} {schedule.opens_at:%H:%M}-{schedule.closes_at:%H:%M}{''.join(extra)}"


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_hours_that_are_sure_become_schedules(text):
    assert [told(schedule) for schedule in parse_hours(text)] == UNDERSTOOD[text]


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_hours_that_are_not_sure_are_refused(text):
    assert parse_hours(text) is None


def test_days_of_the_month_are_monthly_and_other_days_weekly():
    weekly, monthly = parse_hours("dinsdag 9-11u; 1e maandag van de maand 15-16u")
    assert (weekly.freq, monthly.freq) == ("WEEKLY", "MONTHLY")


@pytest.mark.parametrize(
    "text",
    [
        "iedere vierde woensdag van de maand 13 tot 16 uur, behalve in de zomermaanden",
        "4e woensdag van de maand 13-16u (niet in de zomermaanden)",
        "elke werkdag van 9 tot 12 uur, op maandag tot 19 uur (op schooldagen)",
    ],
)
def test_a_limit_that_a_schedule_cannot_express_stays_readable(text):
    schedules = parse_hours(text)
    assert {schedule.description for schedule in schedules} == {text}
    assert {schedule.school_holidays for schedule in schedules} == {None}


def test_appointments_beside_hours_do_not_make_the_hours_by_appointment():
    hours, appointment = parse_hours("dinsdag 9-12u en op afspraak")
    assert not hours.by_appointment
    assert appointment.by_appointment
    assert appointment.opens_at is None


def test_hours_for_the_whole_day_end_at_midnight():
    (schedule,) = parse_hours("24/7")
    assert schedule.opens_at == schedule.closes_at == dt.time()
