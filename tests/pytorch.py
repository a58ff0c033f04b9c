"""PyTorch's recorded loss and gradient; `record_pytorch.py` makes the record."""

import json

from machinery.sources import DOCS

RECORD = json.loads((DOCS / "data" / "pytorch.json").read_text("utf-8"))
CASES = RECORD["cases"]
