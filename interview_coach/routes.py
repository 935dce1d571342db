"""The one list of REST routers, in the order they are matched."""

from __future__ import annotations

from interview_coach.accounts.admin_api import router as admin
from interview_coach.accounts.api import password_router as passwords
from interview_coach.accounts.api import router as auth
from interview_coach.accounts.exports_api import router as exports
from interview_coach.accounts.users_api import router as users
from interview_coach.analytics.api import figures_router as figures
from interview_coach.analytics.api import questions_router as recommended
from interview_coach.analytics.api import router as history
from interview_coach.feedback.api import router as feedback
from interview_coach.feedback.live_api import router as live
from interview_coach.feedback.model_answer_api import router as model_answers
from interview_coach.interviews.api import router as interviews
from interview_coach.operations.admin_api import router as admin_jobs
from interview_coach.operations.api import router as operations
from interview_coach.operations.engines_api import admin_router as admin_engines
from interview_coach.operations.engines_api import router as engines
from interview_coach.questions.admin_api import router as admin_questions
from interview_coach.questions.api import router as questions
from interview_coach.questions.tailored_api import router as tailored
from interview_coach.reports.api import router as reports
from interview_coach.reports.shared_api import router as shared
from interview_coach.reports.sharing_api import router as sharing

# /interviews/history must be found before /interviews/{interview_id}.
ROUTERS = (
    operations,
    auth,
    passwords,
    users,
    exports,
    recommended,
    questions,
    tailored,
    history,
    figures,
    interviews,
    feedback,
    model_answers,
    live,
    reports,
    sharing,
    shared,
    admin,
    admin_jobs,
    admin_questions,
    admin_engines,
    engines,
)
