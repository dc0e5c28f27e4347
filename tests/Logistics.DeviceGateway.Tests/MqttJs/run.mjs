// node run.mjs URL CLOCK: every case against the gateway at URL, whose clock is moved by POST CLOCK?seconds=N.
import { cases as delivery } from './delivery.mjs';
import { run } from './lab.mjs';
import { cases as properties } from './properties.mjs';
import { cases as sessions } from './sessions.mjs';

for (const [name, body] of [...delivery, ...sessions, ...properties]) await run(name, body);
process.exit(0);
