// Plain old JavaScript on purpose: a Node that is too old cannot read the rest of this project at all, and its own
// message ("Unknown file extension .ts") tells nobody what to do.
var needed = 24;
var found = Number(process.versions.node.split('.')[0]);
if (!(found >= needed)) {
  process.stderr.write(
    'steer needs Node ' +
      needed +
      ' or newer; this is Node ' +
      process.versions.node +
      '.\n' +
      'In a checkout type: npm ci (it brings its own Node; without --ignore-scripts), then start steer through npm run.\n' +
      'With the installed package: install Node ' +
      needed +
      ' or newer and try again.\n',
  );
  process.exit(2);
}
