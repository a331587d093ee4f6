"""`samenwijk check` says what is wrong with the settings, and what to do."""

import subprocess
import sys

import pytest
from django.core.checks import run_checks

from tests.source import ROOT

COMPLETE = {
    "BASE_URL": "https://samenwijk.example.nl",
    "HTTPS": True,
    "ORGANISATION_NAME": "Gemeente Voorbeeld",
    "PRIVACY_CONTACT": "privacy@example.nl",
    "SECURITY_CONTACT": "security@example.nl",
    "CONTACT_PHONE": "071 000 00 00",
    "DEFAULT_FROM_EMAIL": "Samenwijk <samenwijk@example.nl>",
}


def found(deploy=False):
    return {message.id: message for message in run_checks(include_deployment_checks=deploy)}


def ours(deploy=False):
    return {number for number in found(deploy) if number.startswith("samenwijk.")}


@pytest.fixture
def production(settings):
    for name, value in COMPLETE.items():
        setattr(settings, name, value)
    settings.DATA_DIR.mkdir(exist_ok=True)
    settings.DATA_DIR.chmod(0o700)
    return settings


def test_a_complete_installation_has_nothing_to_mend(production):
    assert ours(deploy=True) == set()


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("BASE_URL", "samenwijk.example.nl", "E001"),
        ("BASE_URL", "https://example.nl/samenwijk", "E001"),
        ("BASE_URL", "http://samenwijk.example.nl", "E002"),
        ("DEBUG", True, "E003"),
        ("BASE_URL", "http://127.0.0.1:8000", "W001"),
        ("PRIVACY_CONTACT", "", "W002"),
        ("SECURITY_CONTACT", "", "W002"),
        ("CONTACT_PHONE", " ", "W002"),
        ("ORGANISATION_NAME", "de beheerder van deze Samenwijk", "W003"),
        ("SECURITY_CONTACT", "bel maar", "W004"),
        ("DEFAULT_FROM_EMAIL", "Samenwijk <samenwijk@localhost>", "W005"),
        ("EMAIL_HOST_PASSWORD", "geheim", "W006"),
        ("THEME_STYLESHEET", "https://elders.example/huis.css", "W008"),
    ],
)
def test_what_is_wrong_is_named_with_a_hint(production, name, value, number):
    setattr(production, name, value)
    problem = found(deploy=True)[f"samenwijk.{number}"]
    assert "SAMENWIJK_" in problem.hint


def test_plain_http_is_possible_for_who_asks_for_it(production):
    production.BASE_URL = "http://buurthuis.example"
    production.PLAIN_HTTP_ALLOWED = True
    assert ours() == set()


def test_an_open_data_folder_is_named(production, tmp_path):
    tmp_path.chmod(0o755)
    production.DATA_DIR = tmp_path
    assert ours(deploy=True) == {"samenwijk.W007"}


def test_outside_deployment_only_what_is_dangerous_is_said(settings):
    assert ours() == set()


def test_the_demo_does_not_go_on_the_internet(production, db):
    production.DEMO = True
    assert "samenwijk.E004" in ours()


def test_the_demo_names_data_that_it_did_not_make(demo_mode, db):
    assert ours() == {"samenwijk.E005"}


def test_the_production_settings_pass_the_check_for_deployment(tmp_path):
    """In a process of its own, for settings are read once; PostgreSQL need not be there."""
    tmp_path.chmod(0o700)
    environment = {
        "PATH": "/usr/bin:/bin",
        "SAMENWIJK_DATA_DIR": str(tmp_path),
        "SAMENWIJK_DATABASE_URL": "postgresql:///samenwijk",
        "SAMENWIJK_FROM_EMAIL": COMPLETE["DEFAULT_FROM_EMAIL"],
    }
    for name in ("BASE_URL", "ORGANISATION_NAME", "PRIVACY_CONTACT", "SECURITY_CONTACT", "CONTACT_PHONE"):
        environment[f"SAMENWIJK_{name}"] = COMPLETE[name]
    command = [sys.executable, "-m", "samenwijk.config.cli", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
