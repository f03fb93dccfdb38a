"""How the service and the process that reads for it speak; neither needs what the other imports."""

import struct
from typing import Final

REQUEST: Final = struct.Struct(">IQ")
"""The lengths of a name and of a content, which follow."""

ANSWER: Final = struct.Struct(">Q")
"""The length of the JSON that follows."""
