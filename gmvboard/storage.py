"""Static files under hashed names, compressed; imports between ES modules are rewritten."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The manifest storage with Django's rewriting of ``import "./x.js"`` switched on."""

    support_js_module_import_aggregation = True
