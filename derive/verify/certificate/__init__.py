"""Certificates: statements of claims for the proof kernel, and proofs found for them."""

from derive.verify.certificate.finding import find, prove
from derive.verify.certificate.script import Effort
from derive.verify.certificate.statement import Untranslatable, statement_of

__all__ = ["Effort", "Untranslatable", "find", "prove", "statement_of"]
