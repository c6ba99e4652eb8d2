import pytest

from waardeweging.dossier.record import FILE, INDICATORS, Record, read_record

WHOLE = """
exploration = true
date = "2026-11-23"
main_objection = "Te duur voor huurders."

[[invitations]]
side = "residents"
invited = 400
missing = ["jongeren"]

[[meetings]]
date = "2026-12-01"
what = "Raad"

[rules]
texts = ["Iedereen telt."]
adopted_by = ["residents", "municipality"]
fingerprint = "abc"
head = "def"

[support]
promise = "advise"
facilitator = "een bureau"

[[room]]
what = "De vorm"
is_fixed = false

[[minorities]]
by = "drie bewoners"
text = "Wij willen wachten."

[[inputs]]
text = "Meer groen."
answer = "partly"

[[agreements]]
who = "gemeente"
what = "onderzoek"
when = "voor mei"

[[indicators]]
indicator = "voice"
side = "residents"
people = 24
value = 4.1

[[deviations]]
point = "1"
decided = "2"
because = "3"

[data_protection]
controller = "college"
"""


@pytest.fixture
def folder(tmp_path):
    def write(text):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_folder_without_a_record_has_an_empty_one(tmp_path):
    assert read_record(tmp_path) == Record()


def test_a_whole_record_is_read(folder):
    record = read_record(folder(WHOLE))

    assert record.exploration
    assert record.invitations[0].missing == ("jongeren",)
    assert record.support.promise == "advise"
    assert record.data_protection == {"controller": "college"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('date = "23-11-2026"', ["field.wrong"]),
        ('[[inputs]]\ntext = "x"\nanswer = "maybe"', ["field.choice"]),
        ('[[agreements]]\nwho = "x"', ["field.missing", "field.missing"]),
        ("something = 1", ["field.unknown"]),
        ('[[indicators]]\nindicator = "mood"\nside = "x"\npeople = -1\nvalue = nan',
         ["field.choice", "number.not_finite", "number.too_low"]),
        ("date = ", ["toml.value"]),
    ],
)  # fmt: skip
def test_every_fault_is_named_at_once(folder, text, codes):
    with pytest.raises(ExceptionGroup) as caught:
        read_record(folder(text))
    assert sorted(fault.code for fault in caught.value.exceptions) == codes


def test_there_are_twelve_indicators():
    assert len(set(INDICATORS)) == 12
