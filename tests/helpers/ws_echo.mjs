// An echo server by other hands: npm ws. Prints its port; then a line of JSON for every message and every close.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, () => {
  console.log(server.address().port);
});
server.on("connection", (socket, request) => {
  console.log(JSON.stringify({ opened: request.url }));
  socket.on("message", (data, isBinary) => {
    console.log(JSON.stringify({ message: data.toString("latin1"), isBinary }));
    socket.send(data, { binary: isBinary });
  });
  socket.on("close", (code, reason) => {
    console.log(JSON.stringify({ closed: code, reason: reason.toString() }));
  });
});
