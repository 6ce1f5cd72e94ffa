"""What Kring does again and again by itself, in one process beside the server (the command `keep_schedule`).

A chore is a function (*, at) of a feature; it walks along the schools itself. Here is its name and how often; `jobs/chore_words.py` has
what the administrator reads.
"""

from datetime import timedelta

from kring.web.absences import intake as absences
from kring.web.accounts import rows as accounts
from kring.web.answering import intake as answering
from kring.web.attention import intake as attention
from kring.web.concerns import intake as concerns
from kring.web.drafts import intake as drafts
from kring.web.expert_requests import intake as expert_requests
from kring.web.files import intake as files
from kring.web.home import intake as home
from kring.web.jobs import rows as queue
from kring.web.jobs.chores import Chore
from kring.web.jobs.reaper import intake as reaper
from kring.web.mail import intake as mail
from kring.web.newcomers import intake as newcomers
from kring.web.oversight.sealing import seal_log
from kring.web.photos import intake as photos
from kring.web.reporting_code import intake as reporting_code
from kring.web.school_results import intake as school_results
from kring.web.signals import intake as signals
from kring.web.sociograms.forgetting import intake as choices
from kring.web.sociograms.understanding import intake as understanding
from kring.web.talk_requests import intake as talk_requests
from kring.web.understanding.factors import intake as factors
from kring.web.year_change import intake as year_change

A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)

CHORES = (
    Chore("jobs", A_MINUTE, reaper.put_right),
    Chore("mail", A_MINUTE, mail.send_due),
    Chore("log", AN_HOUR, seal_log),
    Chore("files", AN_HOUR, files.sweep, throws_away=True),
    Chore("drafts", AN_HOUR, drafts.forget_old, throws_away=True),
    Chore("answering", AN_HOUR, answering.forget_over, throws_away=True),
    Chore("figures", A_MINUTE, school_results.count_closed_rounds),
    Chore("groups", A_MINUTE, understanding.work_out_groups),
    Chore("attention", A_MINUTE, attention.work_out_attention),
    Chore("passing_on", A_MINUTE, home.pass_on_tasks),
    Chore("tasks", AN_HOUR, home.make_due_tasks),
    Chore("talks", AN_HOUR, talk_requests.watch_over_talks),
    Chore("signals", AN_HOUR, signals.watch_over_signals),
    Chore("newcomers", AN_HOUR, newcomers.watch_over_newcomers),
    Chore("nameless_worries", AN_HOUR, concerns.forget_nameless, throws_away=True),
    Chore("worries", AN_HOUR, concerns.watch_over_worries),
    Chore("suspicions", A_MINUTE, reporting_code.watch_over_suspicions),
    Chore("choices", AN_HOUR, choices.forget_choices, throws_away=True),
    Chore("absences", AN_HOUR, absences.forget_old_absence, throws_away=True),
    Chore("photos", AN_HOUR, photos.forget_photos, throws_away=True),
    Chore("handovers", AN_HOUR, year_change.forget_handovers, throws_away=True),
    Chore("expert_reports", AN_HOUR, expert_requests.forget_reports, throws_away=True),
    Chore("factors", AN_HOUR, factors.look_again, throws_away=True),
    Chore("queue", AN_HOUR, queue.forget_results),
    Chore("sessions", AN_HOUR, accounts.forget_old_sessions),
)
