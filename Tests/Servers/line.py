"""A line to a server, which can be cut: whoever calls it meets nobody then."""

import socket
import threading


class Line:
    def __init__(self, port):
        """`port`: the server's, on loopback."""
        self.server = port
        self.listener = None
        self.connections = set()
        self.port = 0
        self.mend()

    def mend(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, args=[self.listener], daemon=True).start()

    def cut(self):
        # Closing alone would let the thread that waits accept one more.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in list(self.connections):
            end(connection)

    def listen(self, listener):
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.server))
            for source, target in ((caller, server), (server, caller)):
                self.connections.add(source)
                threading.Thread(target=self.carry, args=[source, target], daemon=True).start()

    def carry(self, source, target):
        try:
            while chunk := source.recv(1 << 16):
                target.sendall(chunk)
        except OSError:
            # Cut, or one side left: either way both end.
            pass
        end(source)
        end(target)
        self.connections.discard(source)


def end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It has ended already.
        pass
    connection.close()
