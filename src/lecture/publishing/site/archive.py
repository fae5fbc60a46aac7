"""The site's own records as one file, for whoever wants to compute them again."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from lecture.publishing.state import state_of

NAME = "records.zip"


def write(app: Sphinx) -> None:
    """Put the archive beside the pages; it is packed anew only when something that the pages show has changed."""
    state = state_of(app)
    kept = state.note(NAME)
    if not (state.unchanged and kept.exists()):
        from lecture.records import archive, folder  # here, not above: it imports torch

        assert state.evidence is not None
        known = state.evidence.provenance.values()
        files = [folder.cache() / p["experiment"] / f"{p['preset']}-{p['device']}.parquet" for p in known]
        if not all(file.exists() for file in files):  # removed while we built: the next build packs them
            return
        kept.write_bytes(archive.pack(files))
    shutil.copyfile(kept, Path(app.outdir) / NAME)
