"""Sockets: dialling in timed steps, and a link whose every frame, each way, reaches an event sink in wire order.

Loop-agnostic: the same code runs under qasync in the window and under plain asyncio in the command line.
"""
