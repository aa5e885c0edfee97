package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
)

const (
	headerBytes    = 16
	messageBytes   = 64 << 20
	opMessage      = 2013
	flagMoreToCome = 1 << 1
)

// relay passes the commands of all connections on to FerretDB one at a time. MongoDB changes one document atomically; FerretDB 1.24 reads it,
// and writes it in a second step that looks at nothing again. One command at a time makes the two alike.
func relay(address, socket string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	var turn sync.Mutex
	for {
		client, err := listener.Accept()
		if err != nil {
			return err
		}
		go serve(client, socket, &turn)
	}
}

func serve(client net.Conn, socket string, turn *sync.Mutex) {
	defer client.Close()
	server, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		command, err := readMessage(client)
		if err != nil {
			return
		}
		reply, err := answer(server, command, turn)
		if err != nil {
			return
		}
		if _, err := client.Write(reply); err != nil {
			return
		}
	}
}

func answer(server net.Conn, command []byte, turn *sync.Mutex) ([]byte, error) {
	turn.Lock()
	defer turn.Unlock()
	if _, err := server.Write(command); err != nil {
		return nil, err
	}
	if isUnanswered(command) {
		return nil, nil
	}
	return readMessage(server)
}

func isUnanswered(message []byte) bool {
	return binary.LittleEndian.Uint32(message[12:]) == opMessage &&
		len(message) >= headerBytes+4 &&
		binary.LittleEndian.Uint32(message[headerBytes:])&flagMoreToCome != 0
}

func readMessage(from io.Reader) ([]byte, error) {
	header := make([]byte, headerBytes)
	if _, err := io.ReadFull(from, header); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(header)
	if length < headerBytes || length > messageBytes {
		return nil, fmt.Errorf("a message of %d bytes", length)
	}
	message := make([]byte, length)
	copy(message, header)
	_, err := io.ReadFull(from, message[headerBytes:])
	return message, err
}
