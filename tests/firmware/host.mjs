// Runs a wasm module of this folder: `node host.mjs MODULE`. The exit code is what the module says.
import { readFileSync } from "node:fs";

class Exit extends Error {}
const octets = [];
const host = {
  print: (octet) => { octets.push(octet); },
  exit: (success) => { process.exitCode = success ? 0 : 1; throw new Exit(); },
};
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
try {
  new WebAssembly.Instance(module, { host }).exports.main();
} catch (error) {
  if (!(error instanceof Exit)) throw error;
} finally {
  process.stdout.write(Buffer.from(octets));
}
