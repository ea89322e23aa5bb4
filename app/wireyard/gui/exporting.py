"""temporary"""
from PySide6.QtCore import QObject
class Exporting(QObject):
    def __init__(self, services, window): super().__init__(window)
    def ask(self, tab, selection): pass
