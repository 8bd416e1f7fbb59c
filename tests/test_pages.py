"""The form in a real browser: filled in on a phone and on a desk, in both languages."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from recognition.explain import wording
from recognition.server import texts
from recognition.server.app import create_app
from recognition.server.settings import Settings

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SIZES = {"phone": 390, "desk": 1280}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER) and os.environ.get("CI") != "true",
        reason="no Chromium with its driver is installed here",
    ),
]

DEGREE = {
    "citizenships.0": "AU",
    "degrees.0.level": "bachelor",
    "degrees.0.country": "AU",
    "degrees.0.started_on": "2011-02-21",
    "degrees.0.awarded_on": "2014-12-12",
    "degrees.0.years": "4",
    "degrees.0.accreditations.0.by": "EA",
    "degrees.0.accreditations.0.accord": "washington-accord",
    "degrees.0.accreditations.0.from": "2009",
    "degrees.0.accreditations.0.until": "2018",
    "degrees.0.accreditations.0.basis": "intake",
    "degrees.0.accreditations.0.status": "full",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The service on a free port, in a thread of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(create_app(settings=Settings()), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(params=SIZES)
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chrome]:
    """A browser as wide as a phone and as a desk."""
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path}"):
        options.add_argument(flag)
    driver = Chrome(options=options, service=Service(str(DRIVER)))
    width = SIZES[request.param]
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield driver
    driver.quit()


def field(browser: Chrome, name: str) -> WebElement:
    return browser.find_element(By.ID, name)


def fill(browser: Chrome, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        element = field(browser, name)
        if element.tag_name == "select":
            Select(element).select_by_value(value)
        else:
            element.clear()
            element.send_keys(value)


def press(browser: Chrome, wish: str) -> None:
    """Press a button that is seen, and wait for the page it leads to."""
    page = browser.find_element(By.TAG_NAME, "html")
    button = browser.find_element(By.CSS_SELECTOR, f'button[value="{wish}"]:not(.unseen)')
    button.click()
    WebDriverWait(browser, 20).until(_gone(page))


def _gone(page: WebElement) -> Callable[[Chrome], bool]:
    def gone(browser: Chrome) -> bool:
        return browser.find_element(By.TAG_NAME, "html").id != page.id

    return gone


def tick(browser: Chrome, name: str, value: str) -> None:
    """Tick a box in a folded list."""
    field(browser, name).find_element(By.TAG_NAME, "summary").click()
    browser.find_element(By.CSS_SELECTOR, f'input[name="{name}"][value="{value}"]').click()


def fits(browser: Chrome) -> bool:
    """Whether nothing lies beyond the side of the page."""
    metrics = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})
    return bool(metrics["cssContentSize"]["width"] <= metrics["cssLayoutViewport"]["clientWidth"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_person_fills_in_the_form_and_reads_the_decision(
    browser: Chrome, address: str, lang: str
) -> None:
    """A person gets a decision with its notice, on a phone and on a desk, without scripts."""
    browser.get(f"{address}/{lang}/")
    assert fits(browser)
    tick(browser, "standards", "washington-accord")
    tick(browser, "hosts", "CA")
    fill(browser, DEGREE)
    browser.find_element(By.NAME, "degrees.0.accreditations.0.scope.none").click()
    press(browser, "decide")
    card = browser.find_element(By.CSS_SELECTOR, "article.card")
    assert texts.text(lang, "verdict-eligible") in card.text
    assert {"en": "Canada", "zh": "加拿大"}[lang] in card.text
    assert wording.NOTICE[lang] in browser.find_element(By.ID, "results").text
    assert fits(browser)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_mistake_is_put_right(browser: Chrome, address: str, lang: str) -> None:
    """A wrong day is told on top and beside its field, and once put right the form is decided."""
    browser.get(f"{address}/{lang}/")
    fill(browser, {"degrees.0.awarded_on": "2014-02-30", "degrees.0.title": "BEng"})
    tick(browser, "standards", "washington-accord")
    press(browser, "decide")
    summary = browser.find_element(By.CSS_SELECTOR, "[role=alert]")
    assert "2014-02-30" in summary.text
    assert "2014-02-30" in field(browser, "degrees.0.awarded_on.wrong").text
    assert fits(browser)
    summary.find_element(By.TAG_NAME, "a").click()
    assert browser.current_url.endswith("#degrees.0.awarded_on")
    assert field(browser, "degrees.0.title").get_attribute("value") == "BEng"
    fill(browser, {"degrees.0.awarded_on": "2014-12"})
    press(browser, "decide")
    assert browser.find_elements(By.CSS_SELECTOR, "article.card")
    assert not browser.find_elements(By.CSS_SELECTOR, "[role=alert]")


def test_a_row_is_added_and_the_language_changed(browser: Chrome, address: str) -> None:
    """Another job and another language lose nothing, and Enter decides."""
    browser.get(f"{address}/en/")
    fill(browser, {"experience.1.from": "2019-03", "degrees.0.level": "master"})
    press(browser, "add:experience")
    fill(browser, {"experience.1.from": "2021"})
    press(browser, "show")
    assert browser.current_url.startswith(f"{address}/zh/")
    assert field(browser, "experience.0.from").get_attribute("value") == "2019-03"
    assert field(browser, "experience.1.from").get_attribute("value") == "2021"
    assert Select(field(browser, "degrees.0.level")).first_selected_option.text == "硕士"
    page = browser.find_element(By.TAG_NAME, "html")
    tick(browser, "standards", "washington-accord")
    field(browser, "degrees.0.title").send_keys("工学硕士\n")
    WebDriverWait(browser, 20).until(_gone(page))
    assert browser.find_element(By.ID, "results").text
    assert fits(browser)
