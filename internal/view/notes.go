package view

import (
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
)

// Notes are what an operator of a kind should know, as the guide pages and behaviour.md tell it.
func Notes(k *loong.Kind) []string {
	var notes []string
	add := func(when bool, note string) {
		if when {
			notes = append(notes, note)
		}
	}
	add(k.RequiresOwnBase, k.ID+" needs a base_url of your own: replace "+sheet.And(k.Placeholders)+" in "+k.OwnBase()+
		"; a profile without base_url uses the template of Loong as it is and cannot work")
	if a := k.Advice; a != nil {
		notes = append(notes, a.BaseNote, a.ModelNote, a.OtherNote)
	}
	add(len(k.RegionEnvNames) > 0, "the region in both routes is the first that is set of "+sheet.Or(k.RegionEnvNames)+
		"; write it into base_url to fix it for chat; the models route prefers the variables")
	add(k.SigV4 != nil, "without a key, requests are signed with "+signing(k))
	add(len(k.APIKeyEnvAliases) > 0, "with neither api_key nor api_key_env in the profile, Loong collects keys from all of "+
		sheet.And(keyNames(k))+`; api_key = { env = "…" } reads that variable alone`)
	add(k.APIKeyEnv != "" && k.OAuthEnv != "", "with no credential in the profile, a token in "+sheet.Or(oauthNames(k))+
		" wins over "+k.APIKeyEnv)
	add(k.TokenExchange != nil, "the OAuth token is exchanged for a short-lived one before anything is sent; an api_key cannot replace it, "+
		"and any api_key or api_key_env in the profile hides "+k.OAuthEnv)
	add(!k.Bearer(), "the key is sent as "+k.AuthHeader+"; OAuth fields are ignored")
	add(k.AuthOptional, "no credential is needed; one that api_key_env or api_key names becomes required")
	add(k.ProbeAuthOptional && !k.AuthOptional, "Loong does not read the mark that the models route needs no credential: without one it is not asked")
	add(k.Region != nil, "keys belong to one region: where yours is not the default one, set base_url to its address")
	add(len(k.ModelRoutes) > 0, "chat goes to a route chosen by the model's name; endpoint, chat_completions_path and wire_api are ignored")
	add(k.DefaultModel != "", "only setup writes "+k.DefaultModel+`; a file without model gets "auto"`)
	add(k.Advice == nil, "where the model list is unreliable for your account or region, pin model or add preferred_models")
	return notes
}

func signing(k *loong.Kind) string {
	if k.SigV4 == nil {
		return ""
	}
	return sheet.And(k.SigV4.Required)
}
