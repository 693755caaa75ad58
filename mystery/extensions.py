"""The Flask extensions, made here and bound to an application in app.py."""

from __future__ import annotations

from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect

babel = Babel()
bootstrap = Bootstrap5()
migrate = Migrate()
csrf = CSRFProtect()
