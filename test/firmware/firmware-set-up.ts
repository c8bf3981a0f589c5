// Builds firmware/ once for all its tests. What is missing is told by a test, not here.
import { buildFirmware, make } from '../../scripts/firmware-build.ts';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';

export default function setUp(): void {
  if (missingFirmwareTools().length > 0) return;
  buildFirmware();
  make(['tests', 'template', 'fuzz']);
}
