import re

import pytest
from hypothesis import given

from terreau.kernel.pure.date_words import NBSP, say, say_period, short
from terreau.kernel.pure.edtf import Edtf, EdtfError, Precision, parse
from terreau.kernel.pure.periods import Period
from terreau.kernel.testing.strategies import edtf_date_texts, edtf_dates, edtf_texts, edtfs, periods

MONTHS = {
    "fr": "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc",
    "en": "Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec",
}
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2019", "2019", "2019"),
        ("0987", "987", "987"),
        ("2016-09", "septembre 2016", "September 2016"),
        ("2018-11-17", "17_novembre 2018", "17_November 2018"),
        ("2020-03-01", "1er_mars 2020", "1_March 2020"),
        ("2001~", "vers 2001", "c._2001"),
        ("2018-11~", "vers novembre 2018", "c._November 2018"),
        ("2018-11-17~", "vers le 17_novembre 2018", "c._17_November 2018"),
        ("2012?", "2012 (à confirmer)", "2012 (to be confirmed)"),
        ("2012%", "vers 2012 (à confirmer)", "c._2012 (to be confirmed)"),
        ("197X", "années 1970", "1970s"),
        ("197X~", "vers les années 1970", "c._1970s"),
        ("18XX", "XIXe_siècle", "19th_century"),
        ("20XX~", "vers le XXIe_siècle", "c._21st_century"),
        ("01XX", "IIe_siècle", "2nd_century"),
        ("98XX", "XCIXe_siècle", "99th_century"),
        ("2004-XX", "2004 (mois inconnu)", "2004 (month unknown)"),
        ("2004-XX-XX", "2004 (jour inconnu)", "2004 (day unknown)"),
        ("2004-06-XX?", "juin 2004 (à confirmer, jour inconnu)", "June 2004 (to be confirmed, day unknown)"),
        ("2021-21", "printemps 2021", "spring 2021"),
        ("2021-22~", "vers l'été 2021", "c._summer 2021"),
        ("2016-24", "hiver 2016-2017", "winter 2016-2017"),
        ("2016/2021", "de 2016 à 2021", "2016 to 2021"),
        ("2016/2016", "au cours de 2016", "during 2016"),
        ("2012~/2014~", "entre 2012 et 2014 environ", "between about 2012 and about 2014"),
        ("2012~/2014", "de 2012 à 2014 (début approximatif)", "2012 to 2014 (start approximate)"),
        ("2012?/2014?", "de 2012 à 2014 (dates à confirmer)", "2012 to 2014 (dates to be confirmed)"),
        ("2012/2014?", "de 2012 à 2014 (fin à confirmer)", "2012 to 2014 (end to be confirmed)"),
        ("2004-06-XX/2005", "de juin 2004 à 2005 (jour de début inconnu)", "June 2004 to 2005 (start day unknown)"),
        ("2019-05-03/2019-05-05", "du 3 au 5_mai 2019", "3 to 5_May 2019"),
        ("2019-05-01/2019-06-05", "du 1er_mai au 5_juin 2019", "1_May to 5_June 2019"),
        ("2019-05-03/2020-06-05", "du 3_mai 2019 au 5_juin 2020", "3_May 2019 to 5_June 2020"),
        ("2019-05-03/2020-05-05", "du 3_mai 2019 au 5_mai 2020", "3_May 2019 to 5_May 2020"),
        ("2019-05-03~/2019-05-05~", "entre le 3 et le 5_mai 2019 environ", "between about 3 and about 5_May 2019"),
        ("2019-04/2019-08", "d'avril à août 2019", "April to August 2019"),
        ("2019-08/2020-03", "d'août 2019 à mars 2020", "August 2019 to March 2020"),
        ("197X/198X", "des années 1970 aux années 1980", "the 1970s to the 1980s"),
        ("197X/1985", "des années 1970 à 1985", "the 1970s to 1985"),
        ("17XX/18XX", "du XVIIIe_siècle au XIXe_siècle", "the 18th_century to the 19th_century"),
        ("2021-21/2021-23", "du printemps à l'automne 2021", "spring to autumn 2021"),
        ("2016-24/2017-24", "de l'hiver 2016-2017 à l'hiver 2017-2018", "winter 2016-2017 to winter 2017-2018"),
        ("2021/..", "depuis 2021", "since 2021"),
        ("2018-11-17/..", "depuis le 17_novembre 2018", "since 17_November 2018"),
        ("197X/..", "depuis les années 1970", "since the 1970s"),
        ("2001~/..", "depuis 2001 environ", "since about 2001"),
        ("2021/", "à partir de 2021", "from 2021"),
        ("2021-04/", "à partir d'avril 2021", "from April 2021"),
        ("../2021", "jusqu'en 2021", "until 2021"),
        ("../2021-04", "jusqu'en avril 2021", "until April 2021"),
        ("../2018-11-17", "jusqu'au 17_novembre 2018", "until 17_November 2018"),
        ("../197X", "jusqu'aux années 1970", "until the 1970s"),
        ("../2021-22", "jusqu'à l'été 2021", "until summer 2021"),
        ("/2021~", "jusqu'en 2021 environ (début inconnu)", "until about 2021 (start unknown)"),
    ],
)
def test_a_date_reads_as_people_say_it(text: str, french: str, english: str) -> None:
    value = parse(text)

    assert (say(value), say(value, "en")) == (french.replace("_", NBSP), english.replace("_", NBSP))


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2019", "2019", "2019"),
        ("2016-09", "sept. 2016", "Sept 2016"),
        ("2018-11-17", "17_nov. 2018", "17_Nov 2018"),
        ("2001~", "v._2001", "c._2001"),
        ("2012?", "2012_?", "2012?"),
        ("197X", "années 70", "1970s"),
        ("187X", "années 1870", "1870s"),
        ("200X", "années 2000", "2000s"),
        ("18XX", "XIXe_s.", "19th_c."),
        ("2004-06-XX", "juin 2004", "June 2004"),
        ("2016/2021", "2016–2021", "2016–2021"),
        ("2016/2016", "2016", "2016"),
        ("2019-05-03/2019-05-05", "3 – 5_mai 2019", "3 – 5_May 2019"),
        ("2021/..", "dès 2021", "since 2021"),
        ("197X/..", "dès les années 70", "since the 1970s"),
        ("2001~/..", "dès v._2001", "since c._2001"),
        ("../2021", "jusqu'en 2021", "until 2021"),
        ("../2014%", "jusque v._2014_?", "until c._2014?"),
        ("2021/", "2021_–_?", "2021_–_?"),
        ("/2021", "?_–_2021", "?_–_2021"),
    ],
)
def test_a_date_fits_on_an_axis(text: str, french: str, english: str) -> None:
    value = parse(text)

    assert (short(value), short(value, "en")) == (french.replace("_", NBSP), english.replace("_", NBSP))


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2001~", "Vers 2001", "Circa_2001"),
        ("2021-22", "Été 2021", "Summer 2021"),
        ("2021/..", "Depuis 2021", "Since 2021"),
        ("2019", "2019", "2019"),
        ("18XX", "XIXe_siècle", "19th_century"),
    ],
)
def test_a_date_may_open_a_sentence(text: str, french: str, english: str) -> None:
    said = (say(parse(text), capital=True), say(parse(text), "en", capital=True))

    assert said == (french.replace("_", NBSP), english.replace("_", NBSP))


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2016/..", "depuis 2016", "since 2016"),
        ("2016/", "à partir de 2016", "from 2016"),
        ("/", "dates inconnues", "dates unknown"),
        ("../..", "sans limite de dates", "no limit of dates"),
        ("/..", "en cours (début inconnu)", "ongoing (start unknown)"),
        ("../", "sans limite de début (fin inconnue)", "no limit at the start (end unknown)"),
    ],
)
def test_a_period_reads_as_people_say_it(text: str, french: str, english: str) -> None:
    period = Period.from_interval(text)

    assert (say_period(period), say_period(period, "en")) == (french, english)


@pytest.mark.parametrize(
    ("language", "said"), [("en-gb", "c._2001"), ("EN", "c._2001"), ("fr-fr", "vers 2001"), ("br", "vers 2001")]
)
def test_a_language_that_is_not_english_is_answered_in_french(language: str, said: str) -> None:
    assert say(parse("2001~"), language) == said.replace("_", NBSP)


def landmarks(value: Edtf, language: str) -> set[int]:
    """Return every number that a date may show."""
    if value.is_interval:
        return {number for end in (value.start, value.end) if end for number in landmarks(end, language)}
    year = value.year or 0
    if value.precision is Precision.CENTURY:
        return {year // 100 + 1} if language == "en" else set()
    more = {year + 1} if value.season == 24 else set()
    return {year, *more, *([value.day] if value.day else [])}


@LANGUAGES
@given(value=edtfs(1, 9999))
def test_words_show_the_year_and_invent_no_day(value: Edtf, language: str) -> None:
    said = say(value, language)
    numbers = {int(number) for number in re.findall(r"\d+", said.replace("1er", "1"))}
    last = value.end or value.start or value

    assert numbers <= landmarks(value, language)
    assert landmarks(last, language) <= numbers


@LANGUAGES
@given(value=edtf_dates(1, 9999))
def test_words_name_a_month_only_when_it_is_known(value: Edtf, language: str) -> None:
    for said in (say(value, language), short(value, language)):
        named = re.search(rf"(?:^|[\s{NBSP}])(?:{MONTHS[language]})", said)
        assert bool(named) == (value.month is not None)


@LANGUAGES
@given(value=edtfs(1, 9999))
def test_a_capital_changes_no_more_than_the_opening(value: Edtf, language: str) -> None:
    plain, opening = say(value, language), say(value, language, capital=True)

    assert not opening[0].islower()
    assert opening.lower().removeprefix("circa") == plain.lower().removeprefix("c.")


@LANGUAGES
@given(one=edtf_texts(), two=edtf_texts())
def test_two_dates_that_differ_do_not_read_the_same(one: str, two: str, language: str) -> None:
    assert (say(parse(one), language) == say(parse(two), language)) == (one == two)


@LANGUAGES
@given(one=edtf_date_texts(2019, 2020), two=edtf_date_texts(2019, 2020), three=edtf_date_texts(2019, 2020))
def test_close_dates_that_differ_do_not_read_the_same(one: str, two: str, three: str, language: str) -> None:
    texts = {one, two, three, *(f"{start}/{end}" for start in (one, two) for end in (three, "..", ""))}
    texts |= {f"{missing}/{three}" for missing in ("..", "")}
    values = []
    for text in texts:
        try:
            values.append(parse(text))
        except EdtfError:
            continue

    assert len({say(value, language) for value in values}) == len(values)


@LANGUAGES
@given(value=edtfs(1, 9999), period=periods())
def test_words_are_never_missing_nor_untidy(value: Edtf, period: Period, language: str) -> None:
    for said in (say(value, language), short(value, language), say_period(period, language)):
        assert said == said.strip()
        assert said
        assert "  " not in said
        assert "None" not in said


@given(edtfs())
def test_an_interval_and_its_period_read_the_same(value: Edtf) -> None:
    assert not value.is_interval or say_period(Period.from_interval(value)) == say(value)


@given(edtf_dates())
def test_what_a_page_shows_is_understood_when_typed_back(value: Edtf) -> None:
    if value.unspecified or (value.precision is Precision.YEAR and not (value.approximate or value.uncertain)):
        return
    with pytest.raises(EdtfError) as caught:
        parse(say(value))
    assert caught.value.suggestion == str(value)
