import { describe, expect, test } from 'vitest';
import { openError } from './open-serial.ts';
import { parseTcpAddress } from './open-tcp.ts';
import { spotsFromListing, spotsFromSys } from './usb-position.ts';

const HOST = '/sys/devices/pci0000:00/0000:00:14.0/usb1';
const tty = (name: string, devicePath: string | null, portNumber: string | null = null) => ({
  name,
  devicePath,
  portNumber,
});

describe('positions on Linux', () => {
  test('boards on a hub are told apart by hub port, not by tty number', () => {
    expect(
      spotsFromSys([
        tty('ttyACM1', `${HOST}/1-4/1-4.2/1-4.2:1.0`),
        tty('ttyACM0', `${HOST}/1-4/1-4.10/1-4.10:1.0`),
        tty('ttyUSB7', `${HOST}/1-4/1-4.1/1-4.1.3/1-4.1.3:1.0/ttyUSB7`, '0'),
      ]),
    ).toEqual([
      { position: '0000:00:14.0-usb-4.1.3:1.0', path: '/dev/ttyUSB7' },
      { position: '0000:00:14.0-usb-4.2:1.0', path: '/dev/ttyACM1' },
      { position: '0000:00:14.0-usb-4.10:1.0', path: '/dev/ttyACM0' },
    ]);
  });

  test('the same hub port keeps its position when the tty number changes', () => {
    const at = (name: string) => spotsFromSys([tty(name, `${HOST}/1-4/1-4.2/1-4.2:1.0/${name}`, '0')])[0]?.position;
    expect(at('ttyUSB0')).toBe(at('ttyUSB9'));
  });

  test('two adapters with equal or no serial numbers, and the ports of one adapter, have positions of their own', () => {
    const spots = spotsFromSys([
      tty('ttyUSB0', `${HOST}/1-1/1-1:1.0/ttyUSB0`, '0'),
      tty('ttyUSB1', `${HOST}/1-2/1-2:1.0/ttyUSB1`, '0'),
      tty('ttyUSB2', `${HOST}/1-3/1-3:1.0/ttyUSB2`, '0'),
      tty('ttyUSB3', `${HOST}/1-3/1-3:1.1/ttyUSB3`, '0'),
      tty('ttyUSB4', `${HOST}/1-5/1-5:1.0/ttyUSB4`, '0'),
      tty('ttyUSB5', `${HOST}/1-5/1-5:1.0/ttyUSB5`, '1'),
    ]);
    expect(new Set(spots.map((spot) => spot.position)).size).toBe(6);
  });

  test('a port on a controller without PCI has a position', () => {
    const path = '/sys/devices/platform/soc/3f980000.usb/usb1/1-1/1-1.3/1-1.3:1.0/ttyUSB0';
    expect(spotsFromSys([tty('ttyUSB0', path)])[0]?.position).toBe('3f980000.usb-usb-1.3:1.0');
  });

  test('consoles, built-in UARTs and ptys are no places for boards', () => {
    expect(
      spotsFromSys([
        tty('tty0', null),
        tty('ttyS0', '/sys/devices/pnp0/00:01'),
        tty('ttyAMA0', '/sys/devices/platform/3f201000.serial'),
      ]),
    ).toEqual([]);
  });
});

describe('positions elsewhere', () => {
  test('Windows: location and interface; where two say the same, the path too', () => {
    const usb = { vendorId: '2FE3' };
    expect(
      spotsFromListing([
        { ...usb, path: 'COM12', locationId: 'Port_#0004.Hub_#0002', pnpId: 'USB\\VID_2FE3&PID_0100&MI_02\\7' },
        { ...usb, path: 'COM3', locationId: 'Port_#0001.Hub_#0002', pnpId: 'USB\\VID_2FE3&PID_0100\\1' },
        { ...usb, path: 'COM5', locationId: 'Port_#0009.Hub_#0002' },
        { ...usb, path: 'COM4', locationId: 'Port_#0009.Hub_#0002' },
        { ...usb, path: 'COM6' },
        { path: 'COM1' },
      ]),
    ).toEqual([
      { position: 'COM6', path: 'COM6' },
      { position: 'Port_#0001.Hub_#0002', path: 'COM3' },
      { position: 'Port_#0004.Hub_#0002:02', path: 'COM12' },
      { position: 'Port_#0009.Hub_#0002/COM4', path: 'COM4' },
      { position: 'Port_#0009.Hub_#0002/COM5', path: 'COM5' },
    ]);
  });
});

describe('refusals', () => {
  test.each([
    ['Error Resource temporarily unavailable Cannot lock port', 'linux', 'PORT_BUSY'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'linux', 'PORT_BUSY'],
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'linux', 'PORT_FORBIDDEN'],
    ['Error: Operation not permitted, cannot open /dev/ttyUSB0', 'linux', 'PORT_FORBIDDEN'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'linux', 'PULLED_OUT'],
    ['Opening COM3: Access denied', 'win32', 'PORT_BUSY'],
    ['Opening COM3: File not found', 'win32', 'PULLED_OUT'],
  ] as const)('%s on %s is %s', (text, platform, code) => {
    expect(openError('/dev/ttyUSB0', new Error(text), platform).code).toBe(code);
  });

  test.each([
    ['127.0.0.1:4000', { host: '127.0.0.1', port: 4000 }],
    ['[::1]:4000', { host: '::1', port: 4000 }],
    ['bench-3:1', { host: 'bench-3', port: 1 }],
    ['bench:0', null],
    ['bench:65536', null],
    ['bench', null],
    ['a b:1', null],
  ])('the address %s is read or refused', (text, address) => {
    expect(parseTcpAddress(text)).toEqual(address);
  });
});
