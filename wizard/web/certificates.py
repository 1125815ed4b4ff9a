"""Whether this computer's certificates can be used: without them no reply of Facebook could be trusted."""

import ssl
from pathlib import Path

import truststore

from wizard.i18n.language import _


def issuers_found() -> str:
    """Where the issuers that this computer trusts come from. Raises ssl.SSLError where there are none."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if context.verify_mode is not ssl.CERT_REQUIRED:
        raise ssl.SSLError("certificates are not checked")
    if type(context).__module__.startswith("truststore") and ssl.create_default_context().cert_store_stats()["x509_ca"]:
        return _("the system's store")
    paths = ssl.get_default_verify_paths()
    for place in (paths.cafile, paths.capath, "/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/ssl/cert.pem"):
        if place and Path(place).exists():
            return place
    raise ssl.SSLError(_("no issuers of certificates were found on this computer"))
