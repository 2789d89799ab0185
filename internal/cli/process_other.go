//go:build !unix

package cli

// isRunning holds of every process where only the end of stdin tells that the editor is gone.
func isRunning(int) bool { return true }
