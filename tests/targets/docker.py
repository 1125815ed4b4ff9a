"""What docker reads of an `.env` file."""


def docker_env_file(text: str, takes_quotes: bool = False) -> dict[str, str]:
    """Read as `docker run --env-file` does; there is no docker where the tests run. A line is NAME=VALUE, the value all
    behind the first "=", quotes, comments and spaces at its end too; white space before the name does not count; empty
    lines and those that begin with # are left out; a name that is missing or has a space in it is refused, and then
    nothing starts; a name alone is taken from the surroundings. takes_quotes: as is proposed there, quotes around the
    whole value go.

    Sources, read 2026-11-25: https://github.com/docker/cli, pkg/kvfile/kvfile.go, its issue 4665 and the proposal 6805.
    """
    values = {}
    for raw in text.removeprefix("\ufeff").split("\n"):
        line = raw.removesuffix("\r").lstrip()
        if not line or line.startswith("#"):
            continue
        name, equal, value = line.partition("=")
        if not name or " " in name or "\t" in name:
            raise ValueError(line)
        if takes_quotes and len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        if equal:
            values[name] = value
    return values
