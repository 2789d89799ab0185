//go:build lsp

package main

import (
	"sync"
	"syscall/js"

	"github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/lsp"
)

// client is the client of the language server; it implements lsp.Transport.
type client struct {
	mu       sync.Mutex
	arrived  *sync.Cond
	messages [][]byte // that the server has not read
	reply    js.Value // takes what the server writes
}

// newServer starts a server.
func newServer() *client {
	c := &client{}
	c.arrived = sync.NewCond(&c.mu)
	go c.serve()
	return c
}

// serve serves the page as long as it is there. Nothing fails: Read and Write do not.
func (c *client) serve() { lsp.New(lsp.Page{}, loonglint.Version()).Serve(c) }

func (c *client) send(message []byte, reply js.Value) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.messages, c.reply = append(c.messages, message), reply
	c.arrived.Signal()
}

// Read waits for a message.
func (c *client) Read() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.messages) == 0 {
		c.arrived.Wait()
	}
	message := c.messages[0]
	c.messages = c.messages[1:]
	return message, nil
}

func (c *client) Write(message []byte) error {
	c.reply.Invoke(string(message))
	return nil
}
