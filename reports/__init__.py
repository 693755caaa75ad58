"""How scores are compared, drawn and printed: plain rows in, plain results or bytes out."""

import os

# Many small sums are quickest on one thread; numpy reads this once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
