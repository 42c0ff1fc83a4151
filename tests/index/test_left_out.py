"""What a build left out stays with its version."""

from corpus.glossary import Glossary
from corpus.types import Skipped
from index.build import build_index
from index.left_out import LEFT_OUT, read_left_out
from index.versions import Versions
from tests.fakes import FakeEmbedder
from tests.index.conftest import TEXTS, documents_of


def test_a_version_keeps_what_was_left_out_with_the_reasons(versions: Versions, fake_embedder: FakeEmbedder) -> None:
    skipped = Skipped("scan.pdf", "holds no text – a scan")
    report = build_index(documents_of(TEXTS), [skipped], ["tests"], versions, fake_embedder, Glossary())
    assert report.skipped == (skipped,)
    assert read_left_out(versions, report.version) == (skipped,)
    assert LEFT_OUT in versions.manifest(report.version).checksums


def test_of_an_older_version_it_is_not_known(versions: Versions, fake_embedder: FakeEmbedder) -> None:
    report = build_index(documents_of(TEXTS), [], ["tests"], versions, fake_embedder, Glossary())
    assert read_left_out(versions, report.version) == ()
    (versions.folder(report.version) / LEFT_OUT).unlink()
    assert read_left_out(versions, report.version) is None
