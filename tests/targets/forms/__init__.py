"""The formats of file targets, as the tests know them."""

from tests.targets.forms.base import Form
from tests.targets.forms.dotenv_form import DOTENV
from tests.targets.forms.ini_form import INI
from tests.targets.forms.json_form import JSON
from tests.targets.forms.toml_form import TOML
from tests.targets.forms.yaml_form import YAML

FORMS: tuple[Form, ...] = (DOTENV, YAML, TOML, JSON, INI)
