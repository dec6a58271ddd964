#!/usr/bin/env node
// The command of the published package. Node is checked before anything is read that an old one cannot read.
require('./node-version.cjs');
var fs = require('node:fs');
var path = require('node:path');
// Compiled in the package; in a checkout Node reads the TypeScript itself.
var compiled = path.join(__dirname, 'steer.js');
import(fs.existsSync(compiled) ? './steer.js' : './steer.ts').catch((failure) => {
  process.stderr.write('steer could not start: '.concat(failure.stack, '\n'));
  process.exitCode = 1;
});
