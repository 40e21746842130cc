"""Resume files go to the same store as recordings, and come from it to be saved."""

import requests

from parley import accepted, eventually
from resumes import *  # noqa: F403
