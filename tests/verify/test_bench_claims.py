"""The labelled claims of the benchmark, in one batch: every verdict in its place, none wrong."""

import io
import json
import tempfile

from derive.verify.batch import verify_lines
from tests.bench.batch import lines
from tests.bench.systems import labelled

RIGHT = {"true": ("proved", "conditional", "attested", "undecided"), "false": ("refuted", "conditional", "undecided")}


def test_no_verdict_is_wrong_and_none_is_out_of_order() -> None:
    claims = labelled()
    with tempfile.TemporaryFile() as file:
        file.write("\n".join(lines(len(claims))).encode())
        file.seek(0)
        verdicts = [json.loads(line) for line in verify_lines(file, cas=False, workers=2)]
    assert [verdict["id"] for verdict in verdicts] == list(range(len(claims)))
    for claim, verdict in zip(claims, verdicts, strict=True):
        assert verdict["status"] in RIGHT[claim["label"]], claim
    proved = sum(v["status"] in ("proved", "conditional") for v in verdicts)
    assert proved > 0.9 * sum(claim["label"] == "true" for claim in claims)


def test_a_file_without_a_descriptor_is_not_needed_without_workers() -> None:
    found = list(verify_lines(io.StringIO("\n".join(lines(3))), cas=False, workers=0))
    assert [json.loads(line)["id"] for line in found] == [0, 1, 2]
