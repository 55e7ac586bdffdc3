"""Names for the arrays of scoring."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Codes = NDArray[np.int8]
Bools = NDArray[np.bool_]
