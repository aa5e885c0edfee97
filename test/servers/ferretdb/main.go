// A server that speaks MongoDB's protocol, for tests: FerretDB 1.24 over SQLite files. It ends when its standard input does.
//
//	ferretdb ADDRESS FOLDER
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: ferretdb ADDRESS FOLDER")
	}
	address, folder := os.Args[1], os.Args[2]
	socket := filepath.Join(folder, "socket")
	os.Remove(socket) // of a server that was killed
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{Unix: socket},
		Handler:   "sqlite",
		SQLiteURL: "file:" + folder + "/",
	})
	if err != nil {
		log.Fatal(err)
	}
	ended, end := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		end()
	}()
	go func() {
		log.Fatal(relay(address, socket))
	}()
	if err := server.Run(ended); err != nil {
		log.Fatal(err)
	}
}
