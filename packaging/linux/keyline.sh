#!/bin/sh
# The command `keyline`, on the Node 24 that the package holds.
exec /opt/keyline/resources/node/node /opt/keyline/resources/app.asar.unpacked/dist/station/cli/bin.mjs "$@"
