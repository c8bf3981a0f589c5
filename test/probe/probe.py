#!/usr/bin/env python3
"""An independent look at a board: written from docs/device-protocol.md alone, with no code of Keyline.

probe.py PORT [PORT ...] [--image FILE] [--identity DIR] [--record FILE] [--baud N]

On each port: echo, parameters, image state, reset, echo after the restart.
With --image it uploads that image and looks at the image state again. With --identity it has the blank board make a key,
and keeps its key, request and proof in DIR for another program to judge: key.der, request.der, signed.bin, signature.der.
Prints one JSON object on the last line of standard output and exits 0 when every check held, else 1.
With --record it keeps the raw bytes of each exchange, in hex, as vectors.
Needs python3-serial and python3-cbor2.
"""
import argparse
import base64
import binascii
import hashlib
import json
import os
import sys
import time

import cbor2
import serial

READ, WRITE = 0, 2
OS, IMAGE, IDENTITY = 0, 1, 19276
STATUS, KEYGEN, CSR, PROVE = 0, 1, 2, 6
START, CONTINUATION = b"\x06\x09", b"\x04\x14"
LINE_CHARACTERS = 124
# A board answers within milliseconds; a restart takes a second or two.
ANSWER_S, RESTART_S, RETRIES = 2.0, 15.0, 3
# The first chunks of an upload say as much as all of them.
MOST_VECTORS = 7


class NoAnswer(Exception):
    """Nothing that answers the request came in time."""


def to_lines(message):
    checked = message + binascii.crc_hqx(message, 0).to_bytes(2, "big")
    text = base64.b64encode(len(checked).to_bytes(2, "big") + checked)
    parts = [text[i : i + LINE_CHARACTERS] for i in range(0, len(text), LINE_CHARACTERS)]
    return b"".join((CONTINUATION if i else START) + part + b"\n" for i, part in enumerate(parts))


class Lines:
    """Puts messages together from lines; everything that is not part of one is dropped."""

    def __init__(self):
        self.packet = None

    def take(self, line):
        line = line.rstrip(b"\r\n")
        if START in line:
            self.packet, body = b"", line[line.rindex(START) + 2 :]
        elif line.startswith(CONTINUATION) and self.packet is not None:
            body = line[2:]
        else:
            return None
        try:
            self.packet += base64.b64decode(body, validate=True)
        except (binascii.Error, ValueError):
            self.packet = None
            return None
        if len(self.packet) < 4:
            return None
        length = int.from_bytes(self.packet[:2], "big")
        if len(self.packet) < length + 2:
            return None
        checked, self.packet = self.packet[2 : length + 2], None
        message, crc = checked[:-2], int.from_bytes(checked[-2:], "big")
        return message if binascii.crc_hqx(message, 0) == crc else None


class Board:
    def __init__(self, path, baud):
        self.port = serial.Serial(path, baud, timeout=0.05)
        self.sequence = 0
        self.vectors = []

    def ask(self, title, op, group, command, request, seconds=ANSWER_S):
        for _ in range(RETRIES):
            self.sequence = (self.sequence + 1) % 256
            payload = cbor2.dumps(request)
            head = bytes([op | 1 << 3, 0]) + len(payload).to_bytes(2, "big")
            head += group.to_bytes(2, "big") + bytes([self.sequence, command])
            sent = to_lines(head + payload)
            self.port.reset_input_buffer()
            self.port.write(sent)
            answer = self.wait(bytes([op | 1 | 1 << 3]), group, command, seconds)
            if answer is not None:
                raw, received = answer
                if len(self.vectors) < MOST_VECTORS or group == OS:
                    self.vectors.append({"title": title, "sent": sent.hex(), "received": raw.hex()})
                return received
        raise NoAnswer(title)

    def wait(self, first, group, command, seconds):
        lines, raw, buffered, end = Lines(), b"", b"", time.monotonic() + seconds
        while time.monotonic() < end:
            buffered += self.port.read(max(1, self.port.in_waiting))
            while b"\n" in buffered:
                line, buffered = buffered.split(b"\n", 1)
                raw += line + b"\n"
                message = lines.take(line)
                if message is None:
                    continue
                wanted = first + b"\x00" + (len(message) - 8).to_bytes(2, "big")
                wanted += group.to_bytes(2, "big") + bytes([self.sequence, command])
                if message[:8] == wanted:
                    return raw, cbor2.loads(message[8:])
                raw = b""
        return None


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def upload(board, image, buf_size):
    digest, offset, chunks, still = hashlib.sha256(image).digest(), 0, 0, 0
    # Header 8, CRC and length 4, and at most 70 bytes of map around the data at offset 0.
    size = buf_size - 4 - 8 - 70
    while offset < len(image):
        request = {"off": offset, "data": image[offset : offset + size]}
        if offset == 0:
            request.update({"len": len(image), "sha": digest})
        answer = board.ask(f"upload at {offset}", WRITE, IMAGE, 1, request, 5.0)
        check("off" in answer, f"upload at {offset}: {answer}")
        still = still + 1 if answer["off"] == offset else 0
        check(still < 3, f"upload does not go on from {offset}")
        offset, chunks = answer["off"], chunks + 1
    return chunks


def hashes(answer):
    return {entry["slot"]: entry["hash"].hex() for entry in answer["images"] if "hash" in entry}


def image_hash(image):
    """The SHA-256 in MCUboot's trailer: TLV 0x10 behind header and body."""
    at = int.from_bytes(image[8:10], "little") + int.from_bytes(image[12:16], "little")
    at += int.from_bytes(image[10:12], "little") + 4
    while at < len(image):
        kind, length = image[at : at + 2], int.from_bytes(image[at + 2 : at + 4], "little")
        if kind == b"\x10\x00":
            return image[at + 4 : at + 4 + length].hex()
        at += 4 + length
    return None


def identity(board, folder):
    status = board.ask("status", READ, IDENTITY, STATUS, {})
    check(status.get("v") == 1 and status.get("life") == 0, f"no blank device of version 1: {status}")
    hwid, nonce = status["hwid"], os.urandom(32)
    key = board.ask("keygen", WRITE, IDENTITY, KEYGEN, {"hwid": hwid, "alg": "P-256", "nonce": nonce[:16]})
    check("spki" in key, f"keygen: {key}")
    request, answer = b"", {"len": 1}
    while len(request) < answer["len"]:
        answer = board.ask("csr", READ, IDENTITY, CSR, {"sn": "PROBE-1", "off": len(request)})
        check(answer.get("data") and answer.get("off") == len(request), f"csr: {answer}")
        request += answer["data"]
    check(hashlib.sha256(request).digest() == answer["sha"], "the request is not what its sha says")
    proof = board.ask("prove", READ, IDENTITY, PROVE, {"nonce": nonce})
    state = cbor2.loads(proof["state"])
    check(state["hwid"] == hwid and state["life"] == 1, f"the proof is of another board or life: {state}")
    check(state["spki"] == hashlib.sha256(key["spki"]).digest(), "the proof is of another key")
    signed = b"keyline-prove-v1" + nonce + proof["state"]
    kept = {"key.der": key["spki"], "request.der": request, "signed.bin": signed, "signature.der": proof["sig"]}
    for name, content in kept.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    return {"hwid": hwid.hex(), "model": status["model"], "fw": state["fw"].hex()}


def probe(path, baud, image, folder):
    board, result = Board(path, baud), {"port": path}
    echo = board.ask("echo", WRITE, OS, 0, {"d": "keyline probe"})
    check(echo.get("r") == "keyline probe", f"echo: {echo}")
    long = "0123456789" * 20
    check(board.ask("echo over two lines", WRITE, OS, 0, {"d": long}).get("r") == long, "long echo")
    params = board.ask("parameters", READ, OS, 6, {})
    check(params["buf_size"] >= 128 and params["buf_count"] >= 1, f"parameters: {params}")
    before = board.ask("image state", READ, IMAGE, 0, {})
    check(any(entry.get("active") for entry in before["images"]), f"no active image: {before}")
    after = before
    if image is not None:
        result["chunks"] = upload(board, image, params["buf_size"])
        after = board.ask("image state after the upload", READ, IMAGE, 0, {})
        check(image_hash(image) in hashes(after).values(), f"the uploaded image is not there: {hashes(after)}")
    if folder is not None:
        result["identity"] = identity(board, folder)
    board.ask("reset", WRITE, OS, 5, {})
    # The board is away for a moment; the first answer that comes is the restarted board's.
    end = time.monotonic() + RESTART_S
    while True:
        try:
            echo = board.ask("echo after the restart", WRITE, OS, 0, {"d": "again"}, 0.5)
            break
        except (NoAnswer, serial.SerialException):
            check(time.monotonic() < end, "no answer after the reset")
    check(echo.get("r") == "again", f"echo after the restart: {echo}")
    result.update({"ok": True, "bufSize": params["buf_size"], "bufCount": params["buf_count"], "slots": hashes(after)})
    return result, board.vectors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ports", nargs="+")
    parser.add_argument("--image")
    parser.add_argument("--identity")
    parser.add_argument("--record")
    parser.add_argument("--baud", type=int, default=115200)
    options = parser.parse_args()
    image = None
    if options.image is not None:
        with open(options.image, "rb") as file:
            image = file.read()
    results, recorded = [], []
    for path in options.ports:
        try:
            result, vectors = probe(path, options.baud, image, options.identity)
            recorded = recorded or vectors
        except (AssertionError, NoAnswer, KeyError, OSError) as cause:
            result = {"port": path, "ok": False, "reason": f"{type(cause).__name__}: {cause}"}
        results.append(result)
    if options.record and recorded:
        with open(options.record, "w", encoding="ascii") as file:
            json.dump({"vectors": recorded}, file, indent=2)
            file.write("\n")
    ok = all(result["ok"] for result in results)
    print(json.dumps({"ok": ok, "ports": results}))
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
