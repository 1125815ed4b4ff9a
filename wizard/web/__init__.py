"""One HTTP session: timeouts, caps, certificates, cancel. Only `wizard.web.session` imports requests, and it is slow to
load: import it in the first job, not at the start."""
