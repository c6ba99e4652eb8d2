import hashlib

from waardeweging.process.events import Rules
from waardeweging.process.fingerprint import files_fingerprint, fingerprint


def test_files_have_one_hash_whatever_their_order():
    files = {"b.csv": "1" * 64, "a.toml": "2" * 64}
    written = b'{"a.toml":"%s","b.csv":"%s"}' % (b"2" * 64, b"1" * 64)

    assert files_fingerprint(files) == hashlib.sha256(written).hexdigest()
    assert files_fingerprint(dict(reversed(files.items()))) == files_fingerprint(files)


def test_another_file_or_another_rule_gives_another_fingerprint():
    first = fingerprint("1" * 64, Rules())

    assert fingerprint("1" * 64, Rules()) == first
    assert fingerprint("2" * 64, Rules()) != first
    assert fingerprint("1" * 64, Rules(share=0.6)) != first
    assert fingerprint("1" * 64, Rules(texts=("x",))) != first
