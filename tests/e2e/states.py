"""Every state that a page can be in, and how a visitor gets there.

A route of the site without a state here, in `learner_states` or in `hr_states` fails a test.
"""

from __future__ import annotations

from elearning.services.verify_certificate import LOOK_UPS
from elearning.storage.jobs import JobState
from elearning.web.errors import LAST_RESORT, error_page
from elearning.web.hr.sheet import FileKind
from tests.builders import PASSWORD
from tests.e2e.access_states import ACCESS
from tests.e2e.assigning_states import ASSIGNING
from tests.e2e.cast import READING, TALK
from tests.e2e.hr_states import OF_HR
from tests.e2e.learner_states import LEARNING
from tests.e2e.pages import Visitor
from tests.e2e.people import Someone
from tests.e2e.plays import repaired_play
from tests.e2e.stage import ANY_ERROR, PageState, Stage, States
from tests.web.every_route import HR_LISTS

AROUND = States()
LINK = f"/inloggen/wachtwoord#{'c' * 43}"
# Routes that answer with something else than a page of their own.
NOT_PAGES = {
    "static": "files",
    "health.health": "one word, for a load balancer",
    "account.leave_by_address": "leads to the neutral site",
    "play.back_to_turn": "leads to the turn",
    "verify.moved": "leads to the printed address",
    **{f"{page}_{kind}": "a file" for page in HR_LISTS for kind in FileKind},
    **{f"quality.listed_{kind}": "a file" for kind in FileKind},
    **{f"{who}.{kind}": "a file" for who in ("access", "board", "report") for kind in FileKind},
    "privacy_report.pdf": "a file",
    "roster.example": "a file",
    "roster.changes": "a file",
    "prior.evidence": "a file",
    "elsewhere.evidence": "a file",
    "files.download": "a file",
    "people_list.example_file": "a file",
    "certificate.pdf": "a file, or the page of the certificate",
    "own_data.pdf": "a file, or the page of one's own data",
    "own_data.csv_files": "a file",
    "own_data.json_file": "a file",
    "guide.card_pdf": "a file",
    "well_known.certificate_keys": "a file, for programs",
    "well_known.did": "a file, for programs",
    "badge.png": "an image",
    "badge.svg": "an image",
    "badge.status": "a file, for programs",
    "certificate.logo": "an image",
    "own_badge.download": "a file",
    "verify.badge": "a file, for programs",
}

AROUND.anyone("account.sign_in", "sign-in", "/inloggen")
AROUND.anyone("account.signed_out", "signed out", "/uitgelogd")
AROUND.anyone("password.ask", "password by a code", "/inloggen/wachtwoord")
AROUND.own("password.show", "own password", "/wachtwoord", lambda cast: cast.busy)
AROUND.anyone("display.choose", "light or dark", "/weergave")
AROUND.anyone("styleguide.index", "style guide", "/stijlgids")
AROUND.anyone("guide.facts", "facts", "/feiten")
AROUND.anyone("guide.phrases", "lines that help", "/zinnen")
AROUND.anyone("guide.phrases", "lines that were searched for", "/zinnen?zoek=veilig")
AROUND.anyone("guide.phrases", "lines, none found", "/zinnen?zoek=olifant")
AROUND.anyone("guide.terms", "words", "/begrippen")
AROUND.anyone("guide.card", "pocket card", "/zakkaart")
AROUND.own("guide.practice_hour", "practice hour", "/oefenuur", lambda cast: cast.busy)
AROUND.anyone("guide.reporting", "how reporting works", "/melden")
AROUND.anyone("support.help_page", "help on the islands", "/hulp?gebied=bes")
AROUND.anyone("support.accessibility", "accessibility", "/toegankelijkheid")
AROUND.anyone("support.another_way", "another way, for anyone", "/anders")
AROUND.anyone("support.contact", "contact", "/contact")
AROUND.anyone("support.help_page", "help", "/hulp")
AROUND.anyone("support.pause", "pause", "/pauze")
AROUND.anyone("support.privacy", "privacy", "/privacy")
AROUND.anyone("support.sources", "sources", "/bronnen")
AROUND.anyone("support.what_hr_sees", "what HR sees, for anyone", "/wat-ziet-hr")
AROUND.anyone("verify.form", "certificate check", "/v")
AROUND.anyone("verify.show", "certificate check of an unknown code", "/v/ABCD")
AROUND.anyone(ANY_ERROR, "page that is not there", "/nergens")

AROUND.own("certificate.overview", "certificates, none yet", "/certificaat", lambda cast: cast.busy)
AROUND.own("certificate.overview", "certificates", "/certificaat", lambda cast: cast.holder)
AROUND.own("certificate.overview", "certificates, never", "/certificaat", lambda cast: cast.free)
AROUND.own("own_data.show", "my data", "/gegevens", lambda cast: cast.busy)
AROUND.own("own_data.show", "my data, nothing kept", "/gegevens", lambda cast: cast.free)
AROUND.own("support.another_way", "another way", "/anders", lambda cast: cast.busy)
AROUND.own("support.pause", "pause in a part", "/pauze?terug=/onderdeel/m0", lambda cast: cast.busy)
AROUND.own("support.what_hr_sees", "what HR sees of me", "/wat-ziet-hr", lambda cast: cast.holder)
AROUND.own("support.what_hr_sees", "what HR sees of no row", "/wat-ziet-hr", lambda cast: cast.free)

AROUND.own(
    "withdrawal.overview", "withdrawals", "/hr/intrekken", lambda cast: cast.officer_with_requests
)
AROUND.own("policy.overview", "rules for certificates", "/hr/beleid", lambda cast: cast.officer)
AROUND.own(
    "policy.check",
    "longer certificates in counts",
    "/hr/beleid/vraag/lecturer-basis/extend",
    lambda cast: cast.officer,
)
AROUND.own(
    "policy.overview",
    "rules for certificates, requests",
    "/hr/beleid",
    lambda cast: cast.officer_with_changes,
)
AROUND.own("prior.show", "done elsewhere", "/eerder-gedaan", lambda cast: cast.busy)
AROUND.own("prior.show", "done elsewhere, no list", "/eerder-gedaan", lambda cast: cast.free)
AROUND.own("prior.show", "done elsewhere, waiting", "/eerder-gedaan", lambda cast: cast.asking)
AROUND.own("learner.home", "home, a request waits", "/", lambda cast: cast.asking)
AROUND.own(
    "prior.check", "request to check", "/eerder-gedaan/controle", lambda cast: cast.about_to_ask
)
AROUND.own("later.show", "rather later", "/later", lambda cast: cast.busy)
AROUND.own("later.show", "rather later, nothing due", "/later", lambda cast: cast.free)
AROUND.own("news.show", "changes since long", "/nieuw", lambda cast: cast.refreshing)
AROUND.own("news.show", "changes since short", "/nieuw", lambda cast: cast.early)
AROUND.own("adviser.codes", "codes", "/codes", lambda cast: cast.counsellor)

AROUND.own("reminders.show", "reminders", "/hr/herinneringen", lambda cast: cast.officer)
AROUND.own(
    "reminders.show",
    "reminders, why not",
    "/hr/herinneringen?groep=no_address&eenheid=FT",
    lambda cast: cast.officer,
)
AROUND.own("privacy_report.show", "privacy report", "/hr/privacyrapport", lambda cast: cast.officer)


@AROUND.shows("files.show")
def file_that_is_being_made(stage: Stage) -> Visitor:
    return _file_in(stage, JobState.RUNNING)


@AROUND.shows("files.show")
def file_that_waits_for_long(stage: Stage) -> Visitor:
    return _file_in(stage, JobState.WAITING)


@AROUND.shows("files.show")
def file_that_is_ready(stage: Stage) -> Visitor:
    return _file_in(stage, JobState.READY)


@AROUND.shows("files.show")
def file_that_could_not_be_made(stage: Stage) -> Visitor:
    return _file_in(stage, JobState.FAILED)


def _file_in(stage: Stage, state: JobState) -> Visitor:
    officer = stage.cast.officer
    return stage.open(f"/hr/bestanden/{officer.have_file_made(state)}?stil=1", officer)


AROUND.own("board.overview", "reports of HR", "/hr/bestuursverslag", lambda cast: cast.officer)
AROUND.own("report.overview", "reports", "/verslag", lambda cast: cast.board_member)
AROUND.anyone("figure.show", "one figure", "/cijfer")


AROUND.own(
    "late_names.show", "names past the date", "/verslag/over-de-datum", lambda cast: cast.manager
)
AROUND.own(
    "late_names.show",
    "names past the date, none",
    "/verslag/over-de-datum?training=adviser",
    lambda cast: cast.manager,
)
AROUND.own("report.overview", "reports and names", "/verslag", lambda cast: cast.manager)


@AROUND.shows("board.show")
def report_with_every_figure(stage: Stage) -> Visitor:
    return stage.open(f"/hr/bestuursverslag/{stage.cast.report_id}", stage.cast.officer)


@AROUND.shows("report.show")
def report_without_small_groups(stage: Stage) -> Visitor:
    return stage.open(f"/verslag/{stage.cast.report_id}", stage.cast.board_member)


@AROUND.shows("report.show")
def report_of_a_manager(stage: Stage) -> Visitor:
    return stage.open(f"/verslag/{stage.cast.report_id}", stage.cast.manager)


@AROUND.shows("report.overview")
def reports_of_a_training_without_any(stage: Stage) -> Visitor:
    return stage.open("/verslag", stage.cast.manager_of_another_training)


@AROUND.shows("board.overview")
def report_of_no_day(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/bestuursverslag", stage.cast.officer)
    visitor.page.locator("#dag").fill("2099-01-01")
    visitor.press("Freeze these figures")
    return visitor


@AROUND.shows("prior.show")
def done_elsewhere_with_nothing(stage: Stage) -> Visitor:
    visitor = stage.open("/eerder-gedaan", stage.cast.busy)
    visitor.press("Check it")
    return visitor


AROUND.own("audit.overview", "log", "/logboek", lambda cast: cast.auditor)
AROUND.own(
    "audit.overview",
    "log, a day that is none",
    "/logboek?van=gisteren&soort=award_given",
    lambda cast: cast.auditor,
)
AROUND.own("audit.check", "log, checked", "/logboek/controle", lambda cast: cast.auditor)
AROUND.own("author.overview", "scenarios", "/auteur", lambda cast: cast.author)
AROUND.own("author.scenario", "scenario", f"/auteur/{READING}", lambda cast: cast.author)
AROUND.own("author.chart", "map", f"/auteur/{TALK}/kaart", lambda cast: cast.author)
AROUND.own("author.languages", "languages", f"/auteur/{READING}/talen", lambda cast: cast.author)
AROUND.own("author.play", "trial", f"/auteur/{TALK}/proef", lambda cast: cast.author)


@AROUND.shows("author.play")
def trial_to_its_end(stage: Stage) -> Visitor:
    choices = "&keuze=".join(repaired_play(stage.cast.scenario(TALK)))
    return stage.open(f"/auteur/{TALK}/proef?keuze={choices}", stage.cast.author)


@AROUND.shows("adviser.codes")
def batch_of_codes(stage: Stage) -> Visitor:
    visitor = stage.open("/codes", stage.cast.counsellor)
    visitor.press("Make the codes")
    return visitor


@AROUND.shows("support.another_way")
def another_way_with_a_code_that_cannot_be_used(stage: Stage) -> Visitor:
    visitor = stage.open("/anders", stage.cast.busy)
    visitor.page.locator("#code").fill("ABCD")
    visitor.press("Use this code")
    return visitor


@AROUND.shows("account.sign_in")
def sign_in_with_nothing(stage: Stage) -> Visitor:
    visitor = stage.open("/inloggen")
    visitor.press("Sign in")
    return visitor


@AROUND.shows("account.sign_in")
def sign_in_refused(stage: Stage) -> Visitor:
    visitor = stage.open("/inloggen")
    visitor.sign_in(stage.cast.newcomer, password=PASSWORD[::-1])
    return visitor


@AROUND.shows("password.ask")
def password_by_a_link(stage: Stage) -> Visitor:
    visitor = stage.open("/inloggen")
    visitor.open(LINK)
    return visitor


@AROUND.shows("password.ask")
def password_by_a_link_that_does_not_work(stage: Stage) -> Visitor:
    visitor = password_by_a_link(stage)
    visitor.page.locator("#password").fill(PASSWORD)
    visitor.page.locator("#again").fill(PASSWORD)
    visitor.press("Set this password")
    return visitor


@AROUND.shows("password.show")
def own_password_with_nothing(stage: Stage) -> Visitor:
    visitor = stage.open("/wachtwoord", stage.cast.busy)
    visitor.press("Change password")
    return visitor


@AROUND.shows("certificate.show")
def certificate(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.holder)


@AROUND.shows("certificate.show")
def certificate_to_renew(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.renewing)


@AROUND.shows("certificate.show")
def certificate_expired(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.lapsed)


@AROUND.shows("certificate.show")
def certificate_withdrawn(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.withdrawn)


@AROUND.shows("certificate.show")
def certificate_under_a_former_name(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.renamed)


@AROUND.shows("study_load.show")
def statement_of_study_load(stage: Stage) -> Visitor:
    someone = stage.cast.holder
    return stage.open(f"/certificaat/{someone.award()}/studielast", someone)


@AROUND.shows("own_badge.show")
def badge_that_is_private(stage: Stage) -> Visitor:
    someone = stage.cast.renewing
    return stage.open(f"/certificaat/{someone.award()}/badge", someone)


@AROUND.shows("own_badge.show")
def badge_that_is_shared(stage: Stage) -> Visitor:
    someone = stage.cast.sharing
    visitor = stage.open(f"/certificaat/{someone.award()}/badge", someone)
    visitor.press("Let others fetch it")
    return visitor


@AROUND.shows("withdrawal.overview")
def withdrawal_of_nobody(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/intrekken", stage.cast.officer)
    visitor.press("Ask")
    return visitor


def _certificate_of(stage: Stage, someone: Someone) -> Visitor:
    return stage.open(f"/certificaat/{someone.award()}", someone)


@AROUND.shows("verify.form")
def certificate_check_of_nothing(stage: Stage) -> Visitor:
    visitor = stage.open("/v")
    visitor.press("Check")
    return visitor


@AROUND.shows("verify.show")
def certificate_check_of_a_valid_one(stage: Stage) -> Visitor:
    return stage.open(f"/v/{stage.cast.holder.code()}")


@AROUND.shows("verify.show")
def certificate_check_of_an_expired_one(stage: Stage) -> Visitor:
    return stage.open(f"/v/{stage.cast.lapsed.code()}")


@AROUND.shows("verify.show")
def certificate_check_of_a_withdrawn_one(stage: Stage) -> Visitor:
    return stage.open(f"/v/{stage.cast.withdrawn.code()}")


@AROUND.shows("verify.show")
def certificate_check_tried_too_often(stage: Stage) -> Visitor:
    with stage.cast.everyone_waits(LOOK_UPS):
        return stage.open("/v/ABCD")


@AROUND.shows("verify.check")
def certificate_check_with_the_name(stage: Stage) -> Visitor:
    visitor = certificate_check_of_a_valid_one(stage)
    visitor.compare_name(stage.cast.holder.name)
    return visitor


@AROUND.shows("verify.check")
def certificate_check_without_a_name(stage: Stage) -> Visitor:
    visitor = certificate_check_of_a_valid_one(stage)
    visitor.press("Compare the name")
    return visitor


@AROUND.shows(ANY_ERROR)
def error_on_our_side(stage: Stage) -> Visitor:
    app = stage.cast.site.app
    with app.test_request_context(f"/?lang={stage.lang}", base_url=stage.cast.site.address):
        html, _ = error_page(500)
    return stage.show(html)


# Both languages stand on it, the first one first.
AROUND.append(
    PageState(
        "error when nothing works", ANY_ERROR, lambda stage: stage.show(LAST_RESORT.decode()), "nl"
    )
)

STATES = (*LEARNING, *AROUND, *OF_HR, *ASSIGNING, *ACCESS)
