# Slackwater by Terraform or OpenTofu: the package's files go to a bucket, and one CloudFormation stack is made of its template.
# Run it in the package's folder. Terraform sees the stack alone; what the stack contains is CloudFormation's.

variable "package" {
  description = "Folder of the package: dist/package/slackwater-VERSION"
  type        = string
  default     = "."
}

variable "release" {
  description = "Version of the package"
  type        = string
}

variable "bucket" {
  description = "Name of a bucket in the Region of the stack"
  type        = string
}

variable "slack_channel" {
  description = "Id of the channel, such as C0123ABCD; empty to leave Slack out"
  type        = string
  default     = ""
}

locals {
  folder = "slackwater/${var.release}"
  # Named by its content: Terraform then sees a template that changed under the same version.
  template = "${local.folder}/template.${filemd5("${var.package}/template.yaml")}.yaml"
}

resource "aws_s3_object" "code" {
  for_each = fileset(var.package, "functions/*.zip")
  bucket   = var.bucket
  key      = "${local.folder}/${each.value}"
  source   = "${var.package}/${each.value}"
}

resource "aws_s3_object" "template" {
  bucket = var.bucket
  key    = local.template
  source = "${var.package}/template.yaml"
}

data "aws_s3_bucket" "package" {
  bucket = var.bucket
}

resource "aws_cloudformation_stack" "slackwater" {
  name         = "slackwater"
  capabilities = ["CAPABILITY_IAM"]
  # The template is too large for template_body.
  template_url = "https://${data.aws_s3_bucket.package.bucket_regional_domain_name}/${aws_s3_object.template.key}"

  parameters = {
    CodeBucket     = var.bucket
    SlackChannel   = var.slack_channel
    LowestSeverity = "low"
  }

  depends_on = [aws_s3_object.code]
}

output "table" {
  value = aws_cloudformation_stack.slackwater.outputs["TableName"]
}
