// One CP-SAT solver in one process: solves the requests of its parent, one at a time, until the parent is gone.
//
//   node host.mjs <socket> <runtime.js>
//
// Frames go over the socket (a Unix domain socket or a Windows named pipe): a 4-byte little-endian length, then the
// body. Request body: 4-byte model length, model, parameters. Reply body: 1 byte kind, 4-byte resident mebibytes, payload;
// kind 'R' ready (payload: version text), 'S' solved (CpSolverResponse), 'E' failed (message text; the process then exits).
// Standard output is not used for frames because the solver writes its search log there.

import { connect } from 'node:net';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const [socketPath, runtimePath] = process.argv.slice(2);

// A solve blocks this thread, so a second one watches standard input, which the parent holds open and never writes.
// End of file means that the parent has died, however it died.
new Worker(
  `const { readSync } = require('node:fs');
   const buffer = Buffer.alloc(64);
   for (;;) {
     let count = 0;
     try { count = readSync(0, buffer, 0, 64); } catch (e) { if (e.code === 'EAGAIN') { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100); continue; } }
     if (count === 0) process.kill(process.pid, 'SIGKILL');
   }`,
  { eval: true },
);

const { default: createRuntime } = await import(pathToFileURL(runtimePath).href);
const solver = await createRuntime();

const socket = connect(socketPath);
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));

function reply(kind, payload) {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(5 + payload.length, 0);
  head.writeUInt8(kind.charCodeAt(0), 4);
  head.writeUInt32LE(Math.round(process.memoryUsage.rss() / 1048576), 5);
  return new Promise((sent) => socket.write(Buffer.concat([head, payload]), sent));
}

function copyIn(bytes) {
  if (bytes.length === 0) return 0;
  const pointer = solver._malloc(bytes.length);
  if (pointer === 0) throw new Error('out of memory: the model does not fit the 2 GiB heap');
  solver.HEAPU8.set(bytes, pointer);
  return pointer;
}

async function solve(model, parameters) {
  const lengthPointer = solver._malloc(4);
  const modelPointer = copyIn(model);
  const parametersPointer = copyIn(parameters);
  const pointer = await solver.ccall(
    'solve_model', 'number', ['number', 'number', 'number', 'number', 'number'],
    [modelPointer, model.length, parametersPointer, parameters.length, lengthPointer], { async: true });
  const length = new DataView(solver.HEAPU8.buffer).getUint32(lengthPointer, true);
  // Copied out of shared memory, which a socket cannot write from.
  const response = pointer === 0 ? Buffer.alloc(0) : Buffer.from(solver.HEAPU8.slice(pointer, pointer + length));
  if (pointer !== 0) solver._free_buffer(pointer);
  if (modelPointer !== 0) solver._free(modelPointer);
  if (parametersPointer !== 0) solver._free(parametersPointer);
  solver._free(lengthPointer);
  return response;
}

function describe(error) {
  if (typeof error === 'number' || (typeof error === 'object' && error !== null && 'excPtr' in error)) {
    try { return solver.getExceptionMessage(error).join(': '); } catch { return `C++ exception ${error}`; }
  }
  return error instanceof Error ? error.message : String(error);
}

async function answer(body) {
  const modelLength = body.readUInt32LE(0);
  try {
    await reply('S', await solve(body.subarray(4, 4 + modelLength), body.subarray(4 + modelLength)));
  } catch (error) {
    // The runtime's heap cannot be trusted after an abort.
    await reply('E', Buffer.from(describe(error), 'utf8'));
    process.exit(70);
  }
}

const chunks = [];
let received = 0;
let queue = reply('R', Buffer.from(process.versions.node, 'utf8'));
socket.on('data', (chunk) => {
  chunks.push(chunk);
  received += chunk.length;
  if (received < 4) return;
  // One concatenation per frame and not per chunk: models reach tens of megabytes.
  if (chunks[0].length < 4) chunks.splice(0, chunks.length, Buffer.concat(chunks));
  const need = 4 + chunks[0].readUInt32LE(0);
  if (received < need) return;
  const all = Buffer.concat(chunks);
  chunks.splice(0, chunks.length);
  received = all.length - need;
  if (received > 0) chunks.push(all.subarray(need));
  queue = queue.then(() => answer(all.subarray(4, need)));
});
