"""The page that recalculates a bundle: send one, read the verdict."""

import minisign
import pytest
from tests.dossier.bundles import documents, forged, with_answers, with_sides
from tests.dossier.workshop import evening, workshop_bundle

from waardeweging.presentation.catalog import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_a_bundle(open_screen, shown, language):
    test = open_screen("verify", "golden", language)

    assert not test.exception
    assert text("page.verify.title", language) in shown(test)
    assert not test.success
    assert not test.error


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_bundle_is_right_and_says_what_was_not_checked(open_screen, shown, language):
    test = send(open_screen("verify", "golden", language), with_sides())

    assert not test.exception
    assert len(test.success) == 1
    assert text("verify.say.only_sides", language) in shown(test)
    assert text("page.verify.open_title", language) in shown(test)


def send(test, whole):
    return test.file_uploader(key="verify-bundle").upload("bundle.zip", whole).run()


def test_a_changed_weight_is_named(open_screen, shown):
    held = documents(with_answers())["outcome.json"]
    held["weights"]["joint"][0] += 0.01
    whole = forged(with_answers(), {"outcome.json": held})
    test = send(open_screen("verify", "golden"), whole)

    assert len(test.error) == 1
    assert "outcome.json/weights/joint/0" in shown(test)


def test_what_is_no_bundle_is_refused(open_screen, shown):
    test = send(open_screen("verify", "golden"), b"<script>alert(1)</script>")

    assert not test.exception
    assert len(test.error) == 1


def test_head_receipt_and_signature_are_held_against_the_bundle(open_screen, shown):
    pair = minisign.KeyPair.generate()
    test = open_screen("verify", "golden")
    test.text_input(key="verify-head").input(evening().state.head)
    test.text_input(key="verify-receipt").input(evening().receipts[-1])
    whole = workshop_bundle()
    signature = bytes(pair.secret_key.sign(whole))
    test.file_uploader(key="verify-signature").upload("bundle.zip.minisig", signature)
    test.file_uploader(key="verify-key").upload("gemeente.pub", bytes(pair.public_key))
    test = send(test, whole)

    said = shown(test)
    assert len(test.success) == 1
    assert "Uw antwoord staat in het logboek" in said
    assert "De handtekening klopt" in said
