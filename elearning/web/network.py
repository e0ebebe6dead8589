"""The caller's network, coarse enough to count tries by and to say nothing about a person."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

IPV4_PREFIX = 24
IPV6_PREFIX = 48


def network() -> str:
    """Return the caller's address cut to /24 (IPv4) or /48 (IPv6)."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = IPV6_PREFIX if isinstance(address, IPv6Address) else IPV4_PREFIX
    return str(ip_network(f"{address}/{prefix}", strict=False))
