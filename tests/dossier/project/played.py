"""A project that was played from its first kaders to its agreements."""

from tests.process.project.conftest import Log

from waardeweging.dossier.project.source import ProjectSource
from waardeweging.process.project import agreements, inputs, kaders, people, rules, sessions
from waardeweging.process.project import events as e

TODAY = "2026-11-23"
BOTH = ["residents", "municipality"]
OFFICE = "Programma Energie, gemeente"


class Story(Log):
    """A log with a calendar: whatever happens, happens on the day that it has come to."""

    day = "2026-01-12"

    def on(self, month, day):
        self.day = f"2026-{month:02}-{day:02}"

    def keep(self, decided, at=None):
        return super().keep(decided, f"{self.day}T19:00:00.000Z")

    def add(self, decide, form, **fields):
        return self.do(decide, form(**fields))


def played(*, small=False, exploration=False):
    """Give the log of a project about Berkum; in a small one only three officials take part."""
    log = Story()
    log.do(sessions.announce, "Warm Berkum", exploration=exploration, public=True)
    _people(log)
    _kaders(log, small)
    _goals(log)
    _inputs(log)
    _sessions(log, small)
    _results(log)
    return log


def source(**settings):
    return ProjectSource(tuple(played(**settings).records))


def _people(log):
    for name, label, side, more in (
        ("b", "Bewonerscomité Berkum", "residents", {"contact": "het buurthuis"}),
        ("g", OFFICE, "municipality", {"contact": "de balie"}),
        ("c", "Corporatie", "Corporatie", {}),
        ("s", "Stichting Warm", "residents", {"delegate": True, "mandate": "120 leden"}),
    ):
        log.add(people.write_actor, e.ActorWritten, id=name, label=label, side=side, **more)
    log.do(people.write_talk, "maandelijks", ["b", "g"], "de planning")
    log.do(people.invite, "avond1", "Eerste avond", "2026-03-01", BOTH, ["b", "c"])
    log.do(people.choose_facilitator, "Bureau Gesprek", BOTH, True, "2027-01-01")
    log.do(people.pair, "1", "planoloog met hond", "bewoner van het plein")


def _kaders(log, small):
    log.line("rijk", "content", "requirements", level="state", text="Label B in 2040.")
    log.line(
        "wijk", "content", "requirements", overrides="rijk", reason="Oud.", text="Label C in 2040."
    )
    officials = (2, 3) if small else (4, 6)
    log.do(rules.suggest, "half", "residents", "share", "0,5", "Beide kanten tellen even zwaar.")
    log.do(rules.vote, "half", "residents", 20, 24)
    log.do(rules.vote, "half", "municipality", *officials)
    log.do(rules.suggest, "stil", "municipality", "other", "", "Eerst stil denken, dan praten.")
    log.fill()
    log.agree(municipality=officials)
    log.on(2, 1)
    log.do(kaders.freeze)


def _goals(log):
    log.do(kaders.write_goal, "warm", "Warm zonder gas in 2035.", "long")
    log.do(kaders.write_goal, "warm", "Warm zonder gas in 2038.", "long", "Het net is later.")
    log.do(kaders.write_goal, "tocht", "Vijftig huizen zonder tocht.", "short")


def _inputs(log):
    log.on(3, 1)
    claim = {"alternative": "pomp", "criterion": "kosten", "value": 1450.5, "source": "offerte"}
    given = {"about": "performance", "side": "residents", "text": "De pomp kost meer."}
    log.add(inputs.give, e.InputGiven, id="1", **given, **claim)
    log.do(inputs.assign, "1", OFFICE, "2026-03-20")
    log.on(3, 11)
    log.do(inputs.answer, "1", "partly", "De band is breder gemaakt.")
    log.on(4, 1)
    log.add(inputs.give, e.InputGiven, id="2", about="worry", side="residents", text="Straat open?")
    log.do(inputs.assign, "2", "gemeente", "2026-05-01")


def _sessions(log, small):
    log.on(9, 2)
    for name, label, day, residents, officials in (
        ("avond-1", "Avond 1", "2026-03-01", (60, 40), (70, 30)),
        ("avond-2", "Avond 2", "2026-09-01", (50, 50), (72, 28)),
    ):
        points = {"residents": residents} | ({} if small else {"municipality": officials})
        weights = {side: {"kosten": a, "rust": b} for side, (a, b) in points.items()}
        log.do(sessions.add, name, "workshop", label, day)
        log.add(
            sessions.record_weights,
            e.SessionWeighed,
            id=name,
            counted={"residents": 24, "municipality": 3 if small else 6},
            weights=weights,
            first=["pomp"],
            acceptance={side: {"pomp": 1.0, "net": 0.52} for side in weights},
        )


def _results(log):
    log.on(10, 1)
    plan, agree = agreements.write_moment, agreements.write
    log.add(plan, e.MomentWritten, id="start", what="Start", day="2026-01-12", done=True)
    council = {"what": "Raad over het plan", "day": "2026-12-10", "decides": "gemeenteraad"}
    log.add(plan, e.MomentWritten, id="raad", **council)
    log.add(agree, e.AgreementWritten, id="1", what="Proefboring", who=OFFICE, due="2026-06-01")
    later = {"due": "2027-06-01", "horizon": "long", "status": "busy"}
    log.add(agree, e.AgreementWritten, id="2", what="Isoleren", who="Stichting Warm", **later)
    why = {"reason": "Het net is er nog niet.", "losing": "Wachten kost geld."}
    turned = {"owner": "college", "day": "2026-10-01", "advice": "Eerst het net.", "departs": True}
    log.add(agreements.decide, e.DecisionTaken, id="1", what="Eerst isoleren", **why, **turned)
    log.do(sessions.learn, "1", "Begin met eten.")
    for name, session, text, side, minority in (
        ("1", "avond-1", "Geen zware machines.", "", False),
        ("2", "avond-2", "Wij betalen al genoeg.", "municipality", True),
    ):
        said = {"session": session, "criterion": "rust", "text": text}
        log.add(sessions.harvest, e.Harvested, id=name, side=side, minority=minority, **said)
